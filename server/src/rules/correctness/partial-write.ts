/** `write` and `send` may take only a part of what they are given, and say so in a result that nobody reads. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/partial-write',
  severity: 'warning',
  languages: ['python', 'rust'],
  cwe: [252],
  concept: 'return-values',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['write', 'read', 'send'],

  check: {
    *Call(node, file) {
      const object = receiver(node)
      const name = calleeName(node)
      const instead = INSTEAD[name]
      if (!object || !instead || node.children('argument').length !== 1 || isTestCode(node, file)) return
      if (
        file.language === 'python'
          ? name !== 'send' || !isSocket(object, file)
          : name === 'send' || !isStream(object, file)
      )
        return
      if (!isDropped(node, file)) return
      const property = node.child('callee')!.child('property')!
      yield {
        at: node,
        data: { call: excerpt(node), name, instead },
        fix: { safety: 'unsafe', edits: () => [replace(property, instead)] },
      }
    },
  },

  explain: {
    en: ({ call, name, instead }) => ({
      message: `\`${call}\` may do only a part, and nobody looks at how much`,
      why: `\`${name}\` gives the number of bytes that it got through, which is less than all of them when a buffer is full. The rest is lost without an error.`,
      remedy: `Use \`${instead}\`, which goes on until all is done.`,
      fix: `Use \`${instead}\``,
    }),
    es: ({ call, name, instead }) => ({
      message: `\`${call}\` puede hacer solo una parte, y nadie mira cuánta`,
      why: `\`${name}\` da el número de bytes que ha podido pasar, que son menos que todos cuando se llena un búfer. El resto se pierde sin ningún error.`,
      remedy: `Usa \`${instead}\`, que sigue hasta terminar.`,
      fix: `Usar \`${instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import socket
        def f(data):
            link = socket.socket()
            «link.send(data)»
      `,
        py`
        import socket
        def f(data):
            link = socket.socket()
            link.sendall(data)
      `,
      ),
      py`
        import socket
        with socket.create_connection(("localhost", 80)) as link:
            «link.send(b"GET / HTTP/1.0")»
      `,
      fixes(
        rs`
        use std::io::Write;
        fn f(path: &Path, data: &[u8]) -> io::Result<()> {
            let mut file = File::create(path)?;
            «file.write(data)»?;
            Ok(())
        }
      `,
        rs`
        use std::io::Write;
        fn f(path: &Path, data: &[u8]) -> io::Result<()> {
            let mut file = File::create(path)?;
            file.write_all(data)?;
            Ok(())
        }
      `,
      ),
      rs`
        async fn f(mut stream: TcpStream) -> io::Result<()> {
            let mut head = [0; 4];
            «stream.read(&mut head)».await?;
            Ok(())
        }
      `,
    ],
    valid: [
      py`
        import socket
        def f(data):
            link = socket.socket()
            link.sendall(data)
            sent = link.send(data)
      `,
      py`
        import socket
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.connect(address)
            link.send(b"ready")
      `,
      py`
        def f(queue, data):
            queue.send(data)
      `,
      rs`
        fn f(path: &Path, data: &[u8]) -> io::Result<usize> {
            let mut file = File::create(path)?;
            let n = file.write(data)?;
            file.write(data)
        }
      `,
      rs`fn f(state: &mut State) -> Result<()> { state.write(1)?; lock.write().unwrap(); Ok(()) }`,
    ],
  },
})

const INSTEAD: Readonly<Record<string, string>> = { write: 'write_all', read: 'read_exact', send: 'sendall' }

/** The number goes nowhere: a statement, with what takes the error out of it at most. */
function isDropped(call: SyntaxNode, file: SourceFile): boolean {
  let it = call
  if (file.language === 'python') return it.parent?.kind === 'ExpressionStatement'
  for (;;) {
    const { parent } = it
    if (!parent) return false
    if (parent.is('Propagate', 'Await')) it = parent
    else if (
      parent.kind === 'Member' &&
      /^(unwrap|expect)$/.test(parent.child('property')?.name ?? '') &&
      parent.parent?.kind === 'Call'
    )
      it = parent.parent
    else return parent.kind === 'ExpressionStatement' && /;\s*$/.test(parent.text)
  }
}

function isSocket(object: SyntaxNode, file: SourceFile): boolean {
  if (object.kind !== 'Name') return false
  const binding = file.binding(object)
  const value = binding?.writeCount === 1 ? binding.declaration.parent?.child('value') : undefined
  const callee = value?.kind === 'Call' ? value.child('callee') : undefined
  if (!callee || DATAGRAMS.test(value!.text)) return false
  return /^socket\.(socket|create_connection)$/.test(file.qualifiedName(callee))
}

/** These send a message whole, or not at all. */
const DATAGRAMS = /\bSOCK_(?:DGRAM|RAW|RDM|SEQPACKET)\b/

/** A file or a connection, as its declaration says. */
function isStream(object: SyntaxNode, file: SourceFile): boolean {
  const binding = object.kind === 'Name' ? file.binding(object) : undefined
  let declared = binding?.writeCount === 1 ? binding.declaration.parent : undefined
  if (declared?.kind === 'Pattern') declared = declared.parent
  if (!declared?.is('Declarator', 'Parameter')) return false
  const type = declared.child('type')?.text ?? ''
  if (type) return /^(&mut )?(File|TcpStream|UnixStream|Stdout|Stderr|ChildStdin|ChildStdout)$/.test(type)
  return /\b(File::(open|create)|TcpStream::connect|UnixStream::connect)\(/.test(
    declared.child('value')?.text.slice(0, 80) ?? '',
  )
}
