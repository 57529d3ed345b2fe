// What the page of benchmarks says of copies and of the same algorithm in another language.

import { readFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'
import type { CloneCounts } from '../precision/clones.ts'
import { numbers } from './numbers.ts'
import { table } from './statistics.ts'

export function similaritySection(locale: Locale): string[] {
  const words = WORDS[locale]
  const show = numbers(locale)
  const { functions, repositories, types } = read('../precision/clones.json') as CloneCounts
  const share = (part: number, all: number) => `${show((100 * part) / all, 1)} %`
  return [
    `## ${words.title}`,
    words.copies(show(functions), repositories.join(', ')),
    table(
      words.copiesHead,
      types.map((it, i) => [
        words.types[i]!,
        show(it.copies),
        share(it.known, it.copies),
        show(it.near),
        share(it.known, it.known + it.mistaken),
      ]),
    ),
    words.across,
    table(
      words.acrossHead,
      ACROSS.map(([row, name]) => [words.ways[name], ...figuresOf(row).map(it => show(it, 3))]),
    ),
  ]
}

/** Rows of the model card, in which the figures of all ways to compare stand once. */
const ACROSS = [
  ['words, TF-IDF (baseline)', 'baseline'],
  ['shipped: words and fingerprint', 'shipped'],
  ['encoder alone (below)', 'encoder'],
  ['both together (below)', 'both'],
] as const

/** R@1, R@5 and MRR of one set, then of the other. */
function figuresOf(name: string): number[] {
  const card = readFileSync(new URL('../../models/similarity/card.md', import.meta.url), 'utf8')
  const row = card.split('\n').find(it => it.startsWith(`| ${name} |`))
  const figures = (row ?? '')
    .split('|')
    .slice(2, 8)
    .map(it => Number.parseFloat(it))
  if (figures.length !== 6 || figures.some(Number.isNaN))
    throw new Error(`models/similarity/card.md has no row "${name}"`)
  return figures
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
}

interface Words {
  readonly title: string
  readonly copies: (functions: string, repositories: string) => string
  readonly copiesHead: readonly string[]
  readonly types: readonly string[]
  readonly across: string
  readonly acrossHead: readonly string[]
  readonly ways: Readonly<Record<(typeof ACROSS)[number][1], string>>
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    title: 'Copies, and the same algorithm in another language',
    copies: (functions, repositories) =>
      `${functions} functions of ${repositories}, each copied with another layout and other comments (type 1), and with its variables
renamed and other numbers as well (type 2). Near copies have one operator changed, or one argument more; whoever takes them for a
copy is not precise. \`test/precision/clones.ts\` makes and counts them.`,
    copiesHead: ['Copies', 'Made', 'Known as such', 'Near copies', 'Precision'],
    types: ['type 1: layout and comments', 'type 2: names and numbers'],
    across: `Then a function is sought among all functions of another language, its own name masked: the same algorithm in four projects by
different authors (527 questions), and the same exercise in one project (5,791). No model of neurons is shipped for this: a
learned encoder adds about one point to what counting terms finds. The [model card](../../models/similarity/card.md) tells how it was
measured, by language too.`,
    acrossHead: ['Way to compare', 'algorithms: R@1', 'R@5', 'MRR', 'exercises: R@1', 'R@5', 'MRR'],
    ways: {
      baseline: 'words alone (TF-IDF)',
      shipped: 'without a model: what is shipped',
      encoder: 'a learned encoder alone',
      both: 'with the model: both together',
    },
  },
  es: {
    title: 'Copias, y el mismo algoritmo en otro lenguaje',
    copies: (functions, repositories) =>
      `${functions} funciones de ${repositories}, cada una copiada con otra disposición y otros comentarios (tipo 1), y además con las variables
renombradas y otros números (tipo 2). Las casi copias tienen un operador cambiado o un argumento de más; quien las toma por copias no
es preciso. \`test/precision/clones.ts\` las genera y las cuenta.`,
    copiesHead: ['Copias', 'Hechas', 'Reconocidas', 'Casi copias', 'Precisión'],
    types: ['tipo 1: disposición y comentarios', 'tipo 2: nombres y números'],
    across: `Después se busca cada función entre todas las de otro lenguaje, con su propio nombre oculto: el mismo algoritmo en cuatro proyectos
de autores distintos (527 preguntas) y el mismo ejercicio en un solo proyecto (5.791). Para esto no se distribuye ninguna red
neuronal: un codificador entrenado añade alrededor de un punto a lo que se encuentra contando términos. La
[ficha del modelo](../../models/similarity/card.md) explica cómo se midió, también por lenguaje.`,
    acrossHead: ['Forma de comparar', 'algoritmos: R@1', 'R@5', 'MRR', 'ejercicios: R@1', 'R@5', 'MRR'],
    ways: {
      baseline: 'solo palabras (TF-IDF)',
      shipped: 'sin modelo: lo que se distribuye',
      encoder: 'solo un codificador entrenado',
      both: 'con el modelo: ambos',
    },
  },
}
