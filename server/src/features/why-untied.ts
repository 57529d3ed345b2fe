// Why nothing is said of a call or a route: what nobody can tell of it, in words. The reasons come from where it is decided.

import type { Locale } from '@codeant/shared/locale.ts'
import type { UnreadCall } from '../graph/calls.ts'
import type { LinkDoubt } from '../graph/links.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import { type NotOurs, whyNotOurs } from '../rules/support/own-server.ts'

export interface Untied {
  readonly at: At
  /** One sentence, with a full stop. */
  readonly says: string
}

/** All that touches a stretch of a file. */
export function whyUntied(
  relations: Relations,
  path: string,
  from: number,
  to: number,
  locale: Locale,
): readonly Untied[] {
  const found: Untied[] = []
  const say = (at: At, reason: Reason, url = '') => {
    const [start, end] = at.place
    if (start <= to && end >= from) found.push({ at, says: WORDS[locale][reason](url) })
  }
  const here = <T extends { readonly file: string }>(all: readonly T[]) => all.filter(it => it.file === path)
  for (const it of here(relations.unreadCalls)) say(it, it.why)
  for (const link of relations.links) {
    const { call, doubt } = link
    if (call.file !== path || !doubt) continue
    // What nobody answers is either told as a finding, or may be asked of somebody else.
    const isSilent = doubt === 'open' || doubt === 'unanswered'
    const reason = isSilent ? whyNotOurs(link, relations) : undefined
    say(call, reason ?? doubt, call.url)
  }
  for (const it of here(relations.unreadRoutes)) say(it, 'unread-route')
  for (const it of here(relations.routes))
    if (it.pattern.isOpen) say(it, 'unmounted', it.path.replace(/^\{\}/, '…'))
  return found
}

type Reason = UnreadCall['why'] | LinkDoubt | NotOurs | 'unread-route' | 'unmounted'

const WORDS: Readonly<Record<Locale, Readonly<Record<Reason, (url: string) => string>>>> = {
  en: {
    computed: () => 'CodeAnt cannot tell which route answers: the whole path is only known at run time.',
    'passed-on': () =>
      'This asks for what its function is given: CodeAnt looks for the route at each place where the function is called.',
    elsewhere: url => `\`${url}\` leads to somebody else’s server: no route of this workspace is looked for.`,
    open: url =>
      `CodeAnt cannot tell which route answers \`${url}\`: what comes before the path is only known at run time.`,
    unanswered: url => `No route of this workspace answers \`${url}\`.`,
    method: url => `Routes of this workspace answer \`${url}\`, but none of them by this method.`,
    several: url => `More than one route answers \`${url}\` equally well: CodeAnt takes the first of them.`,
    test: url => `Nothing is said of \`${url}\`: tests also ask for what must not be there.`,
    base: url =>
      `Nothing is said of \`${url}\`: too few calls with the same base are answered here to tell whether that base is this server.`,
    strangers: url =>
      `Nothing is said of \`${url}\`: no route of this workspace begins so, and another server may answer.`,
    'unread-route': () => 'CodeAnt cannot tell what this route answers: its path is only known at run time.',
    unmounted: url =>
      `CodeAnt knows only the end of this path (\`${url}\`): where its router is mounted, or under which prefix, cannot be read.`,
  },
  es: {
    computed: () => 'CodeAnt no puede saber qué ruta responde: toda la ruta se conoce solo al ejecutarse.',
    'passed-on': () =>
      'Aquí se pide lo que recibe la función: CodeAnt busca la ruta en cada lugar donde se la llama.',
    elsewhere: url =>
      `\`${url}\` lleva al servidor de otros: no se busca ninguna ruta en este espacio de trabajo.`,
    open: url =>
      `CodeAnt no puede saber qué ruta responde a \`${url}\`: lo que va delante se conoce solo al ejecutarse.`,
    unanswered: url => `Ninguna ruta de este espacio de trabajo responde a \`${url}\`.`,
    method: url =>
      `Hay rutas de este espacio de trabajo que responden a \`${url}\`, pero ninguna con este método.`,
    several: url => `Más de una ruta responde igual de bien a \`${url}\`: CodeAnt toma la primera.`,
    test: url => `No se dice nada de \`${url}\`: las pruebas también piden lo que no debe existir.`,
    base: url =>
      `No se dice nada de \`${url}\`: se responden aquí muy pocas llamadas con la misma base para saber si esa base es este servidor.`,
    strangers: url =>
      `No se dice nada de \`${url}\`: ninguna ruta de este espacio de trabajo empieza así, y puede responder otro servidor.`,
    'unread-route': () => 'CodeAnt no puede saber a qué responde esta ruta: se conoce solo al ejecutarse.',
    unmounted: url =>
      `CodeAnt conoce solo el final de esta ruta (\`${url}\`): no se puede leer dónde se monta su enrutador ni con qué prefijo.`,
  },
}
