// `codeant rules`: what can be found, and the rules of others that a project has.

import { installedPacks } from '../../host/node/packs.ts'
import type { Command } from '../command.ts'
import { projectRoot } from '../packs.ts'
import { addPack, removePacks, updatePacks } from '../rules/add.ts'
import { auditRules } from '../rules/audit.ts'
import { explainRule } from '../rules/explain.ts'
import { listRules, packAsJson } from '../rules/list.ts'
import { makeSigningKey, signPack, trust, verifyPack } from '../rules/sign.ts'
import { testRules } from '../rules/test.ts'
import { unmuteRules } from '../rules/unmute.ts'
import { whyRules } from '../rules/why.ts'

export const rules: Command = {
  name: 'rules',
  usage: {
    en: '[list | add | update | remove | explain | why | test | audit | unmute | keygen | sign | verify | trust] […]',
    es: '[list | add | update | remove | explain | why | test | audit | unmute | keygen | sign | verify | trust] […]',
  },
  summary: {
    en: 'List the rules; add packs of others; measure how often they are wrong; test and sign your own',
    es: 'Enumera las reglas; añade paquetes de otros; mide cuánto se equivocan; prueba y firma las tuyas',
  },
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json'],
      help: {
        en: 'with list and why: how to write them (default: text)',
        es: 'con list y why: cómo escribirlas (por defecto, text)',
      },
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: {
        en: 'with add: what the pack is called here; with trust: whose key it is',
        es: 'con add: cómo se llama aquí el paquete; con trust: de quién es la clave',
      },
    },
    accept: {
      type: 'boolean',
      help: {
        en: 'with update: take what was changed, or signed by others, as it is',
        es: 'con update: toma como está lo que se cambió o firmaron otros',
      },
    },
    signed: {
      type: 'boolean',
      help: {
        en: 'with add and update: only what is signed with a key that you trust',
        es: 'con add y update: solo lo firmado con una clave en la que confías',
      },
    },
    key: {
      type: 'string',
      value: 'FILE',
      help: { en: 'with sign: the private key', es: 'con sign: la clave privada' },
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'with audit: write the findings as JSON Lines instead of asking',
        es: 'con audit: escribe los hallazgos como JSON Lines en vez de preguntar',
      },
    },
    verdicts: {
      type: 'string',
      value: 'FILE',
      help: {
        en: 'with audit: read verdicts from such a file instead of asking',
        es: 'con audit: lee los veredictos de un archivo así en vez de preguntar',
      },
    },
    'per-rule': {
      type: 'string',
      value: 'N',
      help: {
        en: 'with audit: how many findings of a rule (default: 10)',
        es: 'con audit: cuántos hallazgos de cada regla (por defecto, 10)',
      },
    },
    only: {
      type: 'string',
      value: 'RULES',
      help: {
        en: 'with audit: these rules or categories only, separated by commas',
        es: 'con audit: solo estas reglas o categorías, separadas por comas',
      },
    },
    rules: {
      type: 'string',
      value: 'PLACE',
      help: {
        en: 'with audit: also the rules of this YAML file or folder',
        es: 'con audit: también las reglas de este archivo YAML o carpeta',
      },
    },
    rule: {
      type: 'string',
      value: 'ID',
      help: {
        en: 'with why: this rule of the file only',
        es: 'con why: solo esta regla del archivo',
      },
    },
    line: {
      type: 'string',
      value: 'N',
      help: {
        en: 'with why: what touches this line of the code only',
        es: 'con why: solo lo que toca esta línea del código',
      },
    },
    forget: {
      type: 'boolean',
      help: { en: 'with trust: trust the key no longer', es: 'con trust: deja de confiar en la clave' },
    },
  },
  examples: [
    'codeant rules',
    'codeant rules list security',
    'codeant rules add https://github.com/acme/rules.git#v2',
    'codeant rules add rules.tar.gz --signed',
    'codeant rules explain no-eval',
    'codeant rules why no-eval.yaml src/app.py --line 12',
    'codeant rules audit src --only own',
    'codeant rules test our-rules/',
    'codeant rules sign our-rules/ --key codeant-pack-key.pem',
  ],

  async run(given, terminal) {
    const [action = '', ...rest] = given.positionals
    switch (action) {
      case 'add':
        return addPack(rest, given, terminal)
      case 'update':
        return updatePacks(rest, given, terminal)
      case 'remove':
        return removePacks(rest, terminal)
      case 'explain':
        return explainRule(rest, given, terminal)
      case 'why':
        return whyRules(rest, given, terminal)
      case 'audit':
        return auditRules(rest, given, terminal)
      case 'unmute':
        return unmuteRules(rest, terminal)
      case 'keygen':
        return makeSigningKey(rest, terminal)
      case 'sign':
        return signPack(rest, given, terminal)
      case 'verify':
        return verifyPack(rest, terminal)
      case 'trust':
        return trust(rest, given, terminal)
      case 'test':
        if (rest.length > 0) return testRules(rest, terminal)
    }
    const word = action === 'list' ? (rest[0] ?? '') : action
    const pack =
      given.value('format') === 'json' &&
      installedPacks(projectRoot(terminal.cwd, terminal))?.find(it => it.name === word)
    return pack ? packAsJson(pack, terminal) : listRules(word, given, terminal)
  },
}
