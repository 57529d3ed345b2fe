// `codeant share`: lets the team find a project's functions at its own endpoint, by what they do. Of the code, nothing is sent.

import { basename } from 'node:path'
import { endpointClient } from '@codeant/shared/endpoint-client.ts'
import { Consents } from '../../host/node/consents.ts'
import { EndpointCredentials } from '../../host/node/endpoint-credentials.ts'
import { functionsAt, functionsSend } from '../../host/node/endpoint-sends.ts'
import { loadTermWeights } from '../../host/node/similarity-model.ts'
import { requestsAbout } from '../../inference/remote/account.ts'
import { encoderOf } from '../../inference/similarity/embedding.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { ACCOUNT_OPTIONS, addressOf, logOf, openAccount, tellingRefusals } from '../endpoint-account.ts'
import { gatherFunctions } from '../functions.ts'
import { Progress } from '../progress.ts'
import { differences, type SharedFunction, send, sharedFunctions } from '../shared-functions.ts'
import { paint, type Terminal } from '../terminal.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'
import { SHARE_WORDS } from './share-words.ts'

export const share: Command = {
  name: 'share',
  usage: { en: '[paths…]', es: '[rutas…]' },
  summary: {
    en: 'Let your team find the functions of this project at your endpoint',
    es: 'Permite que tu equipo encuentre las funciones de este proyecto en tu servidor',
  },
  options: {
    project: {
      type: 'string',
      value: 'NAME',
      help: {
        en: 'what the project is called there (default: the name of the folder)',
        es: 'cómo se llama allí el proyecto (por defecto, el nombre de la carpeta)',
      },
    },
    'dry-run': {
      type: 'boolean',
      help: {
        en: 'show what would be sent, and send nothing',
        es: 'muestra qué se enviaría, sin enviar nada',
      },
    },
    yes: {
      type: 'boolean',
      help: {
        en: 'allow it for this folder without being asked',
        es: 'permítelo para esta carpeta sin que se te pregunte',
      },
    },
    forget: {
      type: 'boolean',
      help: {
        en: 'take the whole project away from the endpoint',
        es: 'retira todo el proyecto del servidor',
      },
    },
    ...ACCOUNT_OPTIONS,
  },
  examples: [
    'codeant share --dry-run',
    'codeant share src --project shop',
    'codeant share --forget --project shop',
  ],

  run(given, terminal) {
    return tellingRefusals(terminal, async () => {
      const { out, locale, cwd } = terminal
      const say = SHARE_WORDS[locale]
      const project = given.value('project') ?? basename(cwd)
      if (given.flag('forget')) {
        const { client, base } = await openAccount(given, terminal)
        const { removed } = await client.removeFunctions(project)
        out.write(`${say.forgotten(project, removed, base.host)}\n`)
        return EXIT.ok
      }
      const workspace = openWorkspace(terminal, { cache: false })
      try {
        return await shareProject(project, workspace, given, terminal)
      } finally {
        await workspace.scanner.close()
      }
    })
  },
}

async function shareProject(
  project: string,
  workspace: Workspace,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, err, env, locale, cwd } = terminal
  const say = SHARE_WORDS[locale]
  const isForbidden = (folder: string) => workspace.projects.isRemoteForbidden(folder)
  if (isForbidden(cwd)) throw new UsageError(say.forbidden)
  const base = addressOf(given, terminal)
  const options = { places: given.positionals, also: [], tests: false, cache: true }
  const gathered = await gatherFunctions(workspace, options, terminal)
  const weights = loadTermWeights(env)
  if (!gathered || typeof weights === 'string') return EXIT.failure
  const functions = sharedFunctions(gathered.functions, cwd, weights)
  if (given.flag('dry-run')) {
    out.write(preview(project, functions))
    out.write(`\n${say.would(functions.length, base.host)}\n`)
    return EXIT.ok
  }
  if (!(await isAllowed(project, functions, base, given, terminal))) return EXIT.usage
  const credential = await new EndpointCredentials(env, logOf(terminal)).of(base.origin)
  const key = async () => credential?.text
  const client = endpointClient({
    url: base.href.replace(/\/$/, ''),
    send: requestsAbout(
      functionsSend(base, { env, log: logOf(terminal), isForbidden, key, workspace: cwd }),
      {
        purpose: 'functions',
        workspace: cwd,
      },
    ),
  })
  const progress = new Progress(err, () => performance.now())
  try {
    const found = await differences(client, project, functions)
    const points = await send(client, project, found, encoderOf(weights), done =>
      progress.show(() => say.sending(done, found.toSend.length)),
    )
    progress.clear()
    const counts = { sent: found.toSend.length, points, gone: found.gone.length, unchanged: found.unchanged }
    out.write(`${paint(out, 'green', '✓')} ${say.shared(project, functions.length, base.host, counts)}\n`)
    return EXIT.ok
  } finally {
    progress.clear()
  }
}

/** A person decides for a folder and an endpoint, once, after having seen what would be sent. */
async function isAllowed(
  project: string,
  functions: readonly SharedFunction[],
  base: URL,
  given: Arguments,
  terminal: Terminal,
): Promise<boolean> {
  const { out, err, env, locale, cwd, ask, isInteractive } = terminal
  const say = SHARE_WORDS[locale]
  const consents = new Consents(env)
  const decided = consents.get(cwd, functionsAt(base))
  if (decided === 'allow') return true
  if (decided === 'never' && !given.flag('yes')) {
    err.write(`${paint(err, 'red', 'codeant:')} ${say.never(base.host)}\n`)
    return false
  }
  if (!given.flag('yes')) {
    if (!isInteractive) {
      err.write(`${paint(err, 'red', 'codeant:')} ${say.needsYes}\n`)
      return false
    }
    out.write(preview(project, functions))
    const answer = (await ask(`\n${say.may(functions.length, cwd, base.host)} `))?.trim().toLowerCase()
    if (answer !== say.yes && answer !== 'y') return false
  }
  consents.set(cwd, functionsAt(base), 'allow')
  return true
}

/** The first as it would leave, numbers cut short. */
function preview(project: string, functions: readonly SharedFunction[]): string {
  const shown = functions.slice(0, 2).map(({ vector, ...rest }) => ({
    ...rest,
    vector: `[${vector.slice(0, 8).join(', ')}, … ${vector.length}]`,
  }))
  return `${JSON.stringify({ project, functions: shown }, null, 2)}\n`
}
