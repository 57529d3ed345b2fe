/** A protocol without encryption shows the password to everybody on the way. */

import { calledName } from '../../semantics/full-name.ts'
import { py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/cleartext-login',
  severity: 'info',
  languages: ['python'],
  cwe: [319],
  concept: 'transport-security',
  impact: { likelihood: 'low', cost: 'days' },
  callees: ['FTP', 'Telnet'],

  check: {
    *Call(node, file) {
      const callee = node.child('callee')
      const name = calledName(file, node)
      if (!callee || file.isTest || !/^(ftplib\.FTP|telnetlib\.Telnet)$/.test(name)) return
      yield { at: callee, data: { protocol: name.endsWith('FTP') ? 'FTP' : 'Telnet' } }
    },
  },

  explain: {
    en: ({ protocol }) => ({
      message: `${protocol} sends the password and everything else unencrypted`,
      why: 'Whoever is on the way, in the same network or at any provider between, reads it and can change it.',
      remedy: 'Use `ftplib.FTP_TLS` or SFTP in place of FTP, and SSH in place of Telnet.',
    }),
    es: ({ protocol }) => ({
      message: `${protocol} envía la contraseña y todo lo demás sin cifrar`,
      why: 'Quien esté en el camino, en la misma red o en cualquier proveedor intermedio, lo lee y puede cambiarlo.',
      remedy: 'Usa `ftplib.FTP_TLS` o SFTP en lugar de FTP, y SSH en lugar de Telnet.',
    }),
  },

  examples: {
    invalid: [
      py`
        from ftplib import FTP
        with «FTP»(host) as connection:
            connection.login(user, password)
      `,
      py`
        import telnetlib
        connection = «telnetlib.Telnet»(host)
      `,
    ],
    valid: [
      py`
        from ftplib import FTP_TLS
        connection = FTP_TLS(host)
      `,
      py`
        from protocols import FTP
        FTP("active")
      `,
    ],
  },
})
