// The text of Prometheus as a scraper reads it: strictly, by the format's own rules.

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:\d[\d.e+-]*|Inf)|NaN)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y

/** Throws at the first line that is not of the format, at samples without a type, and at histograms that do not add up. */
export function readPrometheus(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const types = new Map<string, string>()
  const samples: Sample[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line)
    if (type) {
      if (types.has(type[1]!)) throw new Error(`declared twice: ${line}`)
      types.set(type[1]!, type[2]!)
    } else if (!/^# HELP \S+ \S/.test(line)) samples.push(sampleOf(line))
  }
  const seen = new Set<string>()
  for (const { name, labels } of samples) {
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')
    if (!types.has(family)) throw new Error(`${name} has no type`)
    if (types.get(family) === 'counter' && !name.endsWith('_total')) throw new Error(`${name} is no _total`)
    const key = JSON.stringify([name, labels])
    if (seen.has(key)) throw new Error(`given twice: ${key}`)
    seen.add(key)
  }
  checkHistograms(samples)
  return samples
}

/** The sum of all samples of this name whose labels are these. */
export function sum(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return samples
    .filter(
      it => it.name === name && Object.entries(labels).every(([key, value]) => it.labels[key] === value),
    )
    .reduce((total, it) => total + it.value, 0)
}

function sampleOf(line: string): Sample {
  const found = SAMPLE.exec(line)
  if (!found) throw new Error(`not of the format: ${line}`)
  const [, name, inner = '', value] = found
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < inner.length) {
    const label = LABEL.exec(inner)
    if (!label) throw new Error(`not of the format: ${line}`)
    labels[label[1]!] = label[2]!.replace(/\\([\\"n])/g, (_, it: string) => (it === 'n' ? '\n' : it))
  }
  return { name: name!, labels, value: Number(value) }
}

function checkHistograms(samples: readonly Sample[]): void {
  for (const [key, own] of grouped(samples.filter(it => it.name.endsWith('_bucket')))) {
    const rising = own.every((it, i) => i === 0 || it.value >= own[i - 1]!.value)
    const last = own.at(-1)!
    const count = samples.find(it => it.name === last.name.replace(/_bucket$/, '_count') && keyOf(it) === key)
    if (!rising || last.labels.le !== '+Inf' || count?.value !== last.value)
      throw new Error(`does not add up: ${key}`)
  }
}

function grouped(samples: readonly Sample[]): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>()
  for (const it of samples) groups.set(keyOf(it), [...(groups.get(keyOf(it)) ?? []), it])
  return groups
}

/** Which distribution a sample belongs to. */
function keyOf({ name, labels: { le: _, ...labels } }: Sample): string {
  return JSON.stringify([name.replace(/_(bucket|sum|count)$/, ''), labels])
}
