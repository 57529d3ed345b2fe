/** A window of Electron that hands Node.js to its page lets every script of that page use the computer. */

import { isFalse, isTrue, keyText } from '../../semantics/calls.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/unsafe-electron',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [653, 1188],
  concept: 'permissions',
  impact: { likelihood: 'low', cost: 'weeks' },

  check: {
    *Pair(node, file) {
      const key = keyText(node.child('key'))
      const value = SWITCHES.has(key) && !file.isTest ? node.child('value') : undefined
      if (!value || !(SWITCHES.get(key) ? isTrue(file, value) : isFalse(file, value))) return
      const holder = node.parent?.parent
      const isForWindow = holder?.kind === 'Pair' && keyText(holder.child('key')) === 'webPreferences'
      if (isForWindow) yield { at: node, data: { key, text: value.text } }
    },
  },

  explain: {
    en: ({ key, text }) => ({
      message: `\`${key}: ${text}\` takes the wall away between a page and the computer`,
      why: 'One script that a stranger brings into the page, by an advertisement or an unescaped name, can then read files and start programs.',
      remedy:
        'Leave it at its default, and offer what the page needs in a preload script with `contextBridge`.',
    }),
    es: ({ key, text }) => ({
      message: `\`${key}: ${text}\` quita el muro entre una página y el ordenador`,
      why: 'Un solo script que un extraño meta en la página, con un anuncio o un nombre sin escapar, puede entonces leer archivos y arrancar programas.',
      remedy:
        'Déjalo en su valor por defecto y ofrece lo que la página necesite en un script de precarga con `contextBridge`.',
    }),
  },

  examples: {
    invalid: [
      js`new BrowserWindow({ webPreferences: { «nodeIntegration: true», preload } })`,
      ts`const window = new BrowserWindow({ width: 800, webPreferences: { «contextIsolation: false» } })`,
      ts`new BrowserView({ webPreferences: { «webSecurity: false» } })`,
    ],
    valid: [
      js`new BrowserWindow({ webPreferences: { contextIsolation: true, nodeIntegration: false } })`,
      js`build({ nodeIntegration: true })`,
      ts`new BrowserWindow({ webPreferences: { preload, webSecurity: isPackaged } })`,
    ],
  },
})

/** Which value is the dangerous one. */
const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ['nodeIntegration', true],
  ['nodeIntegrationInWorker', true],
  ['contextIsolation', false],
  ['webSecurity', false],
  ['allowRunningInsecureContent', true],
  ['enableRemoteModule', true],
])
