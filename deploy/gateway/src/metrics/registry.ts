// Counters, gauges and histograms, and the text in which Prometheus reads them.
//
// Our own, and not `prom-client`: what a request costs is counted in the same breath for the tenant that sent it, which asks for
// figures as values and not as text, and a gauge is asked when somebody looks. That is less than what a library would have to be told.

/** Values of labels come from lists that we know (templates of routes, names of models that answered), never from a request as it is. */
export type Labels<Label extends string> = Readonly<Record<Label, string>>

interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  lines(): Iterable<string>
}

/** What keeps growing until the process ends. */
export class Counter<Label extends string = never> {
  readonly #names: readonly Label[]
  readonly #cells = new Map<string, { value: number }>()

  constructor(...names: readonly Label[]) {
    this.#names = names
  }

  add(labels: Labels<Label>, amount = 1): void {
    const key = keyOf(this.#names, labels)
    const cell = this.#cells.get(key)
    if (cell) cell.value += amount
    else this.#cells.set(key, { value: amount })
  }

  value(labels: Labels<Label>): number {
    return this.#cells.get(keyOf(this.#names, labels))?.value ?? 0
  }

  /** Of all labels together. */
  get total(): number {
    let sum = 0
    for (const { value } of this.#cells.values()) sum += value
    return sum
  }

  *samples(): Generator<readonly [labels: Labels<Label>, value: number]> {
    for (const [key, { value }] of this.#cells) yield [labelsOf(this.#names, key), value]
  }
}

interface Distribution {
  readonly counts: number[]
  sum: number
  count: number
}

/** How often something took how long, or was how large. */
export class Histogram<Label extends string = never> {
  readonly #bounds: readonly number[]
  readonly #names: readonly Label[]
  readonly #cells = new Map<string, Distribution>()

  /** `bounds` rise; what is beyond the last one is counted, too. */
  constructor(bounds: readonly number[], ...names: readonly Label[]) {
    this.#bounds = bounds
    this.#names = names
  }

  get bounds(): readonly number[] {
    return this.#bounds
  }

  observe(labels: Labels<Label>, value: number): void {
    const key = keyOf(this.#names, labels)
    let cell = this.#cells.get(key)
    if (!cell) {
      cell = { counts: new Array<number>(this.#bounds.length + 1).fill(0), sum: 0, count: 0 }
      this.#cells.set(key, cell)
    }
    let bucket = 0
    while (bucket < this.#bounds.length && value > this.#bounds[bucket]!) bucket++
    cell.counts[bucket]!++
    cell.sum += value
    cell.count++
  }

  *samples(): Generator<readonly [labels: Labels<Label>, distribution: Readonly<Distribution>]> {
    for (const [key, it] of this.#cells) yield [labelsOf(this.#names, key), it]
  }

  /** Estimated as Prometheus does: values lie evenly within their bucket. Zero when there are none. */
  quantile(distribution: Readonly<Distribution>, part: number): number {
    const rank = distribution.count * part
    let below = 0
    for (const [i, count] of distribution.counts.entries()) {
      if (count > 0 && below + count >= rank) {
        const from = this.#bounds[i - 1] ?? 0
        const to = this.#bounds[i] ?? from
        return from + (to - from) * ((rank - below) / count)
      }
      below += count
    }
    return 0
  }
}

export class Registry {
  readonly #families: Family[] = []

  counter<Label extends string = never>(name: string, help: string, ...labels: Label[]): Counter<Label> {
    const counter = new Counter(...labels)
    this.#families.push({
      name,
      help,
      type: 'counter',
      *lines() {
        for (const [own, value] of counter.samples()) yield line(name, own, value)
        // One without labels is there from the beginning, so that its first step is seen as one.
        if (labels.length === 0 && counter.total === 0) yield line(name, {}, 0)
      },
    })
    return counter
  }

  histogram<Label extends string = never>(
    name: string,
    help: string,
    bounds: readonly number[],
    ...labels: Label[]
  ): Histogram<Label> {
    const histogram = new Histogram(bounds, ...labels)
    this.#families.push({ name, help, type: 'histogram', lines: () => histogramLines(name, histogram) })
    return histogram
  }

  /** `read` is called when somebody looks; what it does not yield is not there. */
  gauge(
    name: string,
    help: string,
    read: () => Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>,
    type: 'gauge' | 'counter' = 'gauge',
  ): void {
    this.#families.push({
      name,
      help,
      type,
      *lines() {
        for (const [labels, value] of read()) yield line(name, labels, value)
      },
    })
  }

  /** The text format of Prometheus, version 0.0.4. */
  text(): string {
    const lines: string[] = []
    for (const it of this.#families) {
      lines.push(`# HELP ${it.name} ${it.help}`, `# TYPE ${it.name} ${it.type}`)
      lines.push(...it.lines())
    }
    return `${lines.join('\n')}\n`
  }
}

/** No value of a label holds this. */
const BETWEEN = '\u0000'

function keyOf<Label extends string>(names: readonly Label[], labels: Labels<Label>): string {
  if (names.length === 1) return labels[names[0]!]
  let key = ''
  for (const it of names) key += labels[it] + BETWEEN
  return key
}

function labelsOf<Label extends string>(names: readonly Label[], key: string): Labels<Label> {
  const values = names.length === 1 ? [key] : key.split(BETWEEN)
  return Object.fromEntries(names.map((it, i) => [it, values[i]])) as Labels<Label>
}

function* histogramLines<Label extends string>(name: string, histogram: Histogram<Label>): Generator<string> {
  for (const [labels, { counts, sum, count }] of histogram.samples()) {
    let below = 0
    for (const [i, bound] of histogram.bounds.entries()) {
      below += counts[i]!
      yield line(`${name}_bucket`, { ...labels, le: String(bound) }, below)
    }
    yield line(`${name}_bucket`, { ...labels, le: '+Inf' }, count)
    yield line(`${name}_sum`, labels, sum)
    yield line(`${name}_count`, labels, count)
  }
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const own = Object.entries(labels).map(([label, it]) => `${label}="${escaped(it)}"`)
  return `${name}${own.length > 0 ? `{${own.join(',')}}` : ''} ${value}`
}

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, it => (it === '\n' ? '\\n' : `\\${it}`))
}
