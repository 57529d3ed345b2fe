// `codeant lsp --stdio`: the language server, for editors of every kind.

import { type Command, EXIT } from '../command.ts'

/** `serve` comes from whoever composes the program: the command line knows nothing of the server. */
export function lspCommand(serve: () => Promise<void>): Command {
  return {
    name: 'lsp',
    usage: { en: '--stdio', es: '--stdio' },
    summary: {
      en: 'Run the language server for an editor',
      es: 'Ejecuta el servidor de lenguaje para un editor',
    },
    options: {
      stdio: {
        type: 'boolean',
        help: {
          en: 'speak over standard input and output (the default)',
          es: 'habla por la entrada y la salida estándar (por defecto)',
        },
      },
      'node-ipc': {
        type: 'boolean',
        help: {
          en: 'speak over Node’s channel to its parent',
          es: 'habla por el canal de Node con su proceso padre',
        },
      },
      clientProcessId: {
        type: 'string',
        value: 'PID',
        help: { en: 'end when this process ends', es: 'termina cuando termine este proceso' },
      },
    },
    async run() {
      await serve()
      return EXIT.ok
    },
  }
}
