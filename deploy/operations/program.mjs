// What the programs of operations have in common: in which language they speak, how they are asked, and how they end.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

export const SPANISH = /^es/.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')

/** Thrown with a sentence for the one who runs the program. */
export class Trouble extends Error {}

/** The sentence in the language of whoever runs it. */
export function say(english, spanish) {
  return SPANISH ? spanish : english
}

export function tell(line) {
  process.stdout.write(`${line}\n`)
}

/**
 * Ends the program with the number that `work` returns, or with 2 and the sentence of its trouble. `help` is what `--help` shows,
 * `options` are as `parseArgs` wants them.
 */
export async function main({ name, help, options }, work) {
  try {
    const given = { ...options, help: { type: 'boolean', short: 'h' } }
    const { values } = parseArgs({ options: given })
    if (values.help) return tell(help)
    process.exitCode = (await work(values)) ?? 0
  } catch (error) {
    const isOurs = error instanceof Trouble || error.code?.startsWith?.('ERR_PARSE_ARGS')
    process.stderr.write(`${name}: ${isOurs ? error.message : error.stack}\n`)
    process.exitCode = 2
  }
}

/** Of the environment: `NAME`, or the content of the file that `NAME_FILE` names. */
export function secretOf(name, env = process.env) {
  const file = env[`${name}_FILE`]
  try {
    return env[name] || (file && readFileSync(file, 'utf8').trim()) || undefined
  } catch (error) {
    throw new Trouble(say(`${name}_FILE: ${error.message}`, `${name}_FILE: ${error.message}`))
  }
}

/** A number from `least` on. */
export function numberOf(text, option, least = 0) {
  const number = Number(text)
  if (text === '' || !(number >= least))
    throw new Trouble(
      say(`--${option} is a number from ${least} on`, `--${option} es un número a partir de ${least}`),
    )
  return number
}

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms))

export function secondsSince(began) {
  return ((performance.now() - began) / 1000).toFixed(1)
}
