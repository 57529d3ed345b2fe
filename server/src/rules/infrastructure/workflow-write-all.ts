/** A workflow's token may do everything, though its jobs need one or two rights. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { workflowOf } from '../support/infrastructure/workflow.ts'

export default defineRule({
  id: 'infrastructure/workflow-write-all',
  severity: 'warning',
  languages: ['yaml'],
  cwe: [250, 732],
  concept: 'supply-chain',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: ['write-all'],

  check: {
    *Text(file) {
      const workflow = workflowOf(file)
      if (!workflow || workflow.isAction) return
      for (const view of [workflow.root, ...workflow.jobs.map(it => it.view)]) {
        const permissions = view.get('permissions')
        if (permissions?.text === 'write-all')
          yield { at: permissions, data: { isOfJob: view !== workflow.root } }
      }
    },
  },

  explain: {
    en: ({ isOfJob }) => ({
      message: `The token of this ${isOfJob ? 'job' : 'workflow'} may write everything`,
      why: 'Every action and every script that runs here has the token: with all rights, one of them that was taken over can push code, publish packages and change releases.',
      remedy: 'Name the rights that are needed: `contents: read`, and what else a job fails without.',
    }),
    es: ({ isOfJob }) => ({
      message: `El token de este ${isOfJob ? 'job' : 'workflow'} puede escribirlo todo`,
      why: 'Cada acción y cada script que se ejecuta aquí tiene el token: con todos los permisos, basta que alguien se haga con uno de ellos para subir código, publicar paquetes y cambiar entregas.',
      remedy: 'Nombra los permisos que hacen falta: `contents: read` y aquello sin lo que falle un job.',
    }),
  },

  examples: {
    invalid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          permissions: «write-all»
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
      at(
        '.github/workflows/job.yml',
        yaml`
          on: push
          jobs: { a: { permissions: «"write-all"», runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
    ],
    valid: [
      at(
        '.github/workflows/ci.yml',
        yaml`
          on: push
          permissions: { contents: read, packages: write }
          jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: make }] } }
        `,
      ),
      yaml`permissions: write-all`,
    ],
  },
})
