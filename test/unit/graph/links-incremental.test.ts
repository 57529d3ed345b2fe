// Links that were kept while routes and calls came and went are those that a fresh look finds.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Call } from '../../../server/src/graph/calls.ts'
import { Links } from '../../../server/src/graph/links.ts'
import { parsePath } from '../../../server/src/graph/path-pattern.ts'
import { RouteIndex } from '../../../server/src/graph/route-index.ts'
import type { Route } from '../../../server/src/graph/routes.ts'
import { generator } from '../../support/random-edits.ts'

const ROUTE_SEGMENTS = ['a', 'b', 'c', '{id}', '{slug}', 'a{x}', '{x}.b', '{rest*}']
const CALL_SEGMENTS = ['a', 'b', 'c', '{id}', '{type}', 'a{query}', '{x}.b']

for (const seed of [1, 2, 3])
  test(`links kept through random changes of routes and calls; seed ${seed}`, () => {
    const random = generator(seed)
    const pick = <T>(all: readonly T[]): T => all[random(all.length)]!
    const percent = (of: number) => random(100) < of
    const path = (segments: readonly string[]) => {
      const text = Array.from({ length: random(5) }, () => `/${pick(segments)}`).join('')
      return (percent(30) ? '{}' : '') + (text || '/')
    }
    let made = 0
    const newRoute = (): Route => {
      const text = path(ROUTE_SEGMENTS)
      return {
        ...{ file: `server/${pick(['x', 'y'])}.py`, place: [0, 1], index: made++, path: text },
        ...{ methods: [pick(['GET', 'POST', '*'])], pattern: parsePath(text)!, handler: '', pieces: [] },
        ...{ answeredBy: undefined, framework: 'fastapi', mountedAt: undefined },
      }
    }
    const newCall = (): Call => {
      const url = path(CALL_SEGMENTS)
      return {
        ...{ file: `web/${pick(['x', 'y'])}.ts`, place: [0, 1], row: { kind: 'request', index: made++ } },
        ...{ method: pick(['GET', 'POST', '*']), isSure: true, isOfTest: false, url, origins: [] },
        ...{ pattern: parsePath(url), methodAt: undefined },
      }
    }
    const some = <T>(all: readonly T[], make: () => T): T[] => {
      const left = all.filter(() => !percent(5))
      return [...left, ...Array.from({ length: random(4) }, make)]
    }
    let routes: readonly Route[] = Array.from({ length: 30 }, newRoute)
    let calls: readonly Call[] = Array.from({ length: 60 }, newCall)
    let index = new RouteIndex(routes)
    let links = new Links(calls, index)
    let kept = 0
    for (let round = 0; round < 200; round++) {
      if (percent(70)) routes = some(routes, newRoute)
      if (percent(50)) calls = some(calls, newCall)
      if (routes !== index.routes) index = new RouteIndex(routes, index)
      const before = new Set(links.all)
      links = new Links(calls, index, links)
      kept += links.all.filter(it => before.has(it)).length
      assert.deepEqual(links.all, new Links(calls, new RouteIndex(routes)).all)
    }
    assert.ok(kept > 1000, `only ${kept} links were kept: nothing was tried`)
  })
