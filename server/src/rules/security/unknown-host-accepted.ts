/** Who logs in to a machine without knowing its key logs in to whoever answers. */

import { argument, calleeName, keyText } from '../../semantics/calls.ts'
import { calledName, fullName } from '../../semantics/full-name.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/unknown-host-accepted',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [295, 322],
  concept: 'transport-security',
  impact: { likelihood: 'low', cost: 'weeks' },
  callees: ['set_missing_host_key_policy', 'connect'],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      if (file.language !== 'python') {
        if (calleeName(node) !== 'connect') return
        for (const it of argument(node, 0)?.children('element') ?? []) {
          const value =
            it.kind === 'Pair' && keyText(it.child('key')) === 'hostVerifier' ? it.child('value') : undefined
          if (value?.kind === 'Function' && value.child('body')?.text === 'true')
            yield { at: value, data: { policy: 'hostVerifier' } }
        }
        return
      }
      const policy = argument(node, 0, 'policy')
      if (!policy || calleeName(node) !== 'set_missing_host_key_policy') return
      const name = policy.kind === 'Call' ? calledName(file, policy) : fullName(file, policy)
      const last = name.slice(name.lastIndexOf('.') + 1)
      if (/^paramiko\./.test(name) && /^(AutoAddPolicy|WarningPolicy)$/.test(last))
        yield { at: policy, data: { policy: last } }
    },
  },

  explain: {
    en: ({ policy }) => ({
      message: `\`${policy}\` accepts the key of any machine`,
      why: 'Whoever gets between the two answers in place of the machine, and receives the password and all that is sent.',
      remedy:
        'Load the known keys (`load_system_host_keys`) and refuse others (`RejectPolicy`), or compare the fingerprint.',
    }),
    es: ({ policy }) => ({
      message: `\`${policy}\` acepta la clave de cualquier máquina`,
      why: 'Quien se ponga en medio responde en lugar de la máquina y recibe la contraseña y todo lo que se envía.',
      remedy:
        'Carga las claves conocidas (`load_system_host_keys`) y rechaza las demás (`RejectPolicy`), o compara la huella.',
    }),
  },

  examples: {
    invalid: [
      py`
        import paramiko
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(«paramiko.AutoAddPolicy()»)
      `,
      py`
        from paramiko import SSHClient, WarningPolicy
        SSHClient().set_missing_host_key_policy(«WarningPolicy»)
      `,
      js`new Client().connect({ host, username, hostVerifier: «() => true» })`,
      ts`connection.connect({ host, privateKey, hostVerifier: «(key: Buffer) => true» })`,
    ],
    valid: [
      py`
        import paramiko
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
      `,
      py`store.set_missing_host_key_policy(AutoAddPolicy())`,
      js`new Client().connect({ host, username, hostVerifier: key => key.equals(KNOWN) })`,
      ts`connection.connect({ host, privateKey })`,
    ],
  },
})
