// Every overlay renders, and nothing in it is misspelt or of another type than Kubernetes says.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Manifest, OVERLAYS, render, whyNot } from './support/render.ts'
import { mistakesIn } from './support/schema.ts'

const options = whyNot ? { skip: whyNot } : {}

for (const overlay of OVERLAYS)
  test(`${overlay}: all fields are known, all values of their type`, options, () => {
    assert.deepEqual([...mistakesIn(render(overlay))], [])
  })

test(
  'a field that is misspelt, a number in words and a method of rolling that there is not are told',
  options,
  () => {
    const all = [
      ...render('production'),
      ...render('airgapped').filter(it => it.kind === 'HorizontalPodAutoscaler'),
    ]
    const changed = (kind: string, change: (it: Manifest) => void): Manifest => {
      const copy = structuredClone(all.find(it => it.kind === kind && it.metadata.name === 'gateway')!)
      change(copy)
      return copy
    }
    const wrong = mistakesIn([
      changed('PodDisruptionBudget', it => {
        it.spec.maxUnavailabel = 1
      }),
      changed('HorizontalPodAutoscaler', it => {
        it.spec.minReplicas = 'three'
      }),
      changed('ExternalSecret', it => {
        it.spec.refreshIntervall = '1h'
      }),
      changed('ScaledObject', it => {
        it.spec.maxReplicas = 20
      }),
      changed('Deployment', it => {
        it.spec.template.spec.containers[0].securityContext.readOnlyRootFileSystem = true
      }),
      changed('PodMonitor', it => {
        it.spec.podMetricsEndpoints[0].intervall = '15s'
      }),
      changed('HTTPRoute', it => {
        it.spec.rules[0].timeouts.requests = '150s'
      }),
    ])
    assert.deepEqual([...wrong.keys()].sort(), [
      'Deployment gateway',
      'ExternalSecret gateway',
      'HTTPRoute gateway',
      'HorizontalPodAutoscaler gateway',
      'PodDisruptionBudget gateway',
      'PodMonitor gateway',
      'ScaledObject gateway',
    ])
  },
)
