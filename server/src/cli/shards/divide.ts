// How work is divided: files into parts, and parts among shards; the same for the same files, wherever it is done.

/** A file, and how much work it is, in bytes: time goes with them closer than with lines. */
export interface Weighed {
  readonly path: string
  readonly weight: number
}

/**
 * Where parts of a project begin, as numbers of files; 0 is the first. A project up to `most` bytes is one part. A larger one is cut
 * after files that their name chooses, so that a file that comes or goes moves one cut, and other parts stay what they are.
 */
export function cuts(files: readonly Weighed[], most: number): number[] {
  const begins = [0]
  if (sum(files) <= most) return begins
  let weight = 0
  files.forEach((file, i) => {
    weight += file.weight
    const isFull = weight >= most || (weight >= most / 2 && isChosen(file.path))
    if (!isFull || i === files.length - 1) return
    begins.push(i + 1)
    weight = 0
  })
  return begins
}

/** For each weight, the number of a shard: the heaviest first, each to the shard that has least. */
export function assign(weights: readonly number[], shards: number): number[] {
  const order = weights.map((_, i) => i).sort((a, b) => weights[b]! - weights[a]! || a - b)
  const loads = new Array<number>(shards).fill(0)
  const assigned = new Array<number>(weights.length).fill(0)
  for (const i of order) {
    let least = 0
    for (let shard = 1; shard < shards; shard++) if (loads[shard]! < loads[least]!) least = shard
    assigned[i] = least
    // A part without weight still takes a moment, and all of them should not meet in the first shard.
    loads[least]! += weights[i]! + 1
  }
  return assigned
}

/** One in 64: with some 400 files in a part of 4 MiB, three cuts of four fall on one of them. */
function isChosen(path: string): boolean {
  let hash = 0x811c9dc5
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193)
  return (((hash >>> 16) ^ hash) & 63) === 0
}

function sum(files: readonly Weighed[]): number {
  return files.reduce((all, it) => all + it.weight, 0)
}
