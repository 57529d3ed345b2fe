// Where the boxes of a picture stand. d3-force (ISC) pushes them apart in n log n, where the layouts that cytoscape brings along
// take n², and it draws the same picture every time.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
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

/** About two seconds at most, also for some thousands of boxes. */
const MOST_STEPS = 300
const WORK = 300_000

export function arrange(
  boxes: readonly Box[],
  lines: readonly Line[],
): Map<string, { x: number; y: number }> {
  const moving: Moving[] = boxes.map(it => ({ ...it }))
  const links = lines.map(it => ({ source: it.from, target: it.to }))
  const steps = Math.max(60, Math.min(MOST_STEPS, Math.round(WORK / Math.max(boxes.length, 1))))
  forceSimulation(moving)
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
    .alphaDecay(1 - 0.001 ** (1 / steps))
    .stop()
    .tick(steps)
  return new Map(moving.map(it => [it.id, { x: it.x ?? 0, y: it.y ?? 0 }]))
}
