// Where the boxes of a picture stand. d3-force (ISC) pushes them apart in n log n, where the layouts that cytoscape brings along
// take n², and it draws the same picture every time.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationNodeDatum,
} from 'd3-force'

export interface Box {
  readonly id: string
  readonly width: number
}

export interface Line {
  readonly from: string
  readonly to: string
}

type Moving = Box & SimulationNodeDatum

export interface Position {
  readonly x: number
  readonly y: number
}

/** So many steps bring them to rest; of thousands of boxes, fewer do. */
const MOST_STEPS = 300
const LEAST_STEPS = 60
const WORK = 300_000

/** Boxes on the way to their places, a few steps at a time: thousands of them take seconds, in which a page has to answer. */
export class Arrangement {
  readonly #boxes: readonly Moving[]
  readonly #simulation: Simulation<Moving, undefined>
  readonly #steps: number
  #done = 0

  constructor(boxes: readonly Box[], lines: readonly Line[]) {
    this.#boxes = boxes.map(it => ({ ...it }))
    const links = lines.map(it => ({ source: it.from, target: it.to }))
    this.#steps = Math.max(LEAST_STEPS, Math.min(MOST_STEPS, Math.round(WORK / Math.max(boxes.length, 1))))
    this.#simulation = forceSimulation([...this.#boxes])
      .force(
        'apart',
        forceManyBody<Moving>()
          .strength(it => -200 - it.width * 6)
          .distanceMax(1500),
      )
      .force(
        'together',
        forceLink<Moving, { source: string; target: string }>(links)
          .id(it => it.id)
          .distance(110)
          .strength(0.15),
      )
      // A box is wider than it is high, and so is a screen.
      .force('middle x', forceX<Moving>(0).strength(0.05))
      .force('middle y', forceY<Moving>(0).strength(0.09))
      .force('beside', forceCollide<Moving>(it => it.width / 2 + 6).iterations(2))
      .alphaDecay(1 - 0.001 ** (1 / this.#steps))
      .stop()
  }

  /** Goes on for about so long. True when all are at rest. */
  step(ms: number): boolean {
    const until = performance.now() + ms
    for (; this.#done < this.#steps && performance.now() < until; this.#done++) this.#simulation.tick()
    return this.#done === this.#steps
  }

  /** From 0 to 1. */
  get progress(): number {
    return this.#done / this.#steps
  }

  get places(): ReadonlyMap<string, Position> {
    return new Map(this.#boxes.map(it => [it.id, { x: it.x ?? 0, y: it.y ?? 0 }]))
  }
}
