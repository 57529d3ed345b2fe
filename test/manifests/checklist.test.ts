// What a sceptical operator looks for, line by line, and what would notice if it were not so: a policy (each of them is broken once by
// policies.test.ts, in a copy of production, and has to see it), or a test of its own. None may be missing, and none may be gone.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ALL_POLICIES } from './support/all-policies.ts'
import { root } from './support/render.ts'

/** The name of a policy, or a file and the name of a test in it. */
type Held = string | readonly [file: string, test: string]

const CHECKLIST: Readonly<Record<string, readonly Held[]>> = {
  'Pod Security “restricted”, of a named version': [
    'the namespace refuses what is not restricted, under rules of a named version',
  ],
  'requests, a limit of memory, none of the processor, GPU asked for as it is limited': [
    'all say what they need, memory has an end, the processor has none',
  ],
  'volumes that vanish have a size': ['what is written to has a size'],
  'startup, liveness and readiness differ': [
    'what serves says when it has started, whether it turns and whether it wants requests',
  ],
  'liveness asks nobody else, readiness says no while it drains': [
    'a gateway that lives asks nothing else whether it does, and one that drains wants no requests',
  ],
  'a pause before the end, and grace longer than pause and work together': [
    'no answer is lost when a gateway is replaced',
    'what is in flight when an engine is replaced is answered',
  ],
  'none is missing while the API is replaced, none is too many of scarce GPUs': [
    'no answer is lost when a gateway is replaced',
    'a GPU that is scarce is given up before it is asked for again',
  ],
  'disruption budgets that let a drain through': [
    'what there are several of is spread, and not all of it is taken away at once',
  ],
  'spread over zones and machines': [
    'what there are several of is spread, and not all of it is taken away at once',
  ],
  'one scaler, or a number, never two': ['one and only one says how many there are'],
  'nothing is written to an image': ['nothing is written to an image'],
  'no root, no way to become it, no capability, the default system calls': [
    'nobody is root, nobody becomes it, and the system calls are those of the default',
  ],
  'no token of the cluster, no addresses of services': [
    'no pod can ask the cluster, under an account of its own',
  ],
  'images by digest, never the latest': [
    'images are of one version',
    ['pinned-images.test.ts', 'production is pinned, keeps what stands beside, and stays so'],
  ],
  'no secret of a registry, nor any other, in git': ['no secret stands in a manifest'],
  'secrets come from where the team keeps them': [
    'every secret that is asked for is brought, with what is asked of it',
  ],
  'forbidden by default, in and out': ['what nobody allowed is forbidden, both ways'],
  'names, database, store and engines are allowed one by one; figures only to monitoring': [
    ['network.test.ts', 'in production, all that is needed is reached'],
    ['network.test.ts', 'in production, nothing else is'],
    ['network.test.ts', 'each policy is needed: without it, something else is reached or not'],
  ],
  'engines ask nobody, and only the gateway asks them': [
    ['network.test.ts', 'in production, nothing else is'],
    'an engine that knows no key is reached by the gateway and by who reads its figures alone',
  ],
  'a key between gateway and engine': [
    'an engine is asked with a key that both take from the same secret, where it knows one',
  ],
  'TLS at every edge, and browsers told to keep to it': [
    'nobody comes in but by the edge, and there with TLS',
    'whoever came over TLS once comes so again, and no request waits without an end',
    ['edge.test.ts', 'a machine’s edge: TLS 1.2 and 1.3, and nothing before'],
  ],
  'bodies have an end at every edge': [
    'a body has an end: the gateway says which, and an edge that can say it says the same',
    [
      'body-limit.test.ts',
      'a body larger than the settings allow is refused, told or not told how long it is',
    ],
    ['edge.test.ts', 'a machine’s edge: a body that is too large ends here'],
  ],
  'requests have an end': ['whoever came over TLS once comes so again, and no request waits without an end'],
  'quotas, GPUs among them, and sizes for what has none': [
    'what a mistake may cost has an end, of GPUs, too, and what says no size gets one',
    'more come within a minute of being asked for, and all that may come have room',
  ],
  'people come before batches': ['whoever waits comes before what may wait'],
  'schedules: one at a time, a deadline, a time zone, a history': [
    'what runs by a schedule runs once, in a time zone, to an end, and is remembered',
  ],
  'somebody hears when a schedule does not succeed any more': [
    'who has a database that stays is copied each night, and somebody hears when that stops',
  ],
  'copies are encrypted': [
    'copies are sealed by a job that cannot read them, and the key that opens them is in no pod',
    ['sealed-backup.test.ts', 'what is sealed is opened again, whatever its length, and no other way'],
    'a volume is asked for by the class of an overlay, never by whatever the cluster has',
  ],
  'to have them back is tried, and timed': [
    ['recovery.test.ts', 'damaged, lost or old copies are told of; a drill has one back, and leaves nothing'],
    ['sealed-backup.test.ts', 'a sealed copy is had back with its key alone'],
  ],
  'how long copies are kept is another matter than how long data of people is': [
    'who has a database that stays is copied each night, and somebody hears when that stops',
    [
      '../endpoint/departure.test.ts',
      'what counted for a team that is gone is dropped, and of the others none is',
    ],
  ],
  'alerts by budget of errors, each tried, with a runbook; one that is always on': [
    ['alerts.test.ts', 'every alert has a case that fires and one that does not'],
    ['alerts.test.ts', 'alerts fire when they should, and then only'],
    ['alerts.test.ts', 'another threshold would be noticed'],
    [
      'alerts.test.ts',
      'every alert says who is told, what is the matter, and where to read on in both languages',
    ],
  ],
  'a way back, and a schema that is changed before': [
    'there is a way back, and the schema is changed before pods come, by one job alone',
    ['rollback.test.ts', 'a broken deployment is put back, and what it was is kept'],
  ],
  'weights by digest, checked before they are loaded': [
    'weights are what was described, or nothing is loaded',
    ['engines.test.ts', 'weights are brought once, checked, and damage is told'],
  ],
  'weights signed, and asked for the signature before they are loaded': [
    'whoever loads weights asks first who signed them, of a key that did not come with the manifests',
    ['signed-weights.test.ts', 'models of an image are loaded when they were signed, and not otherwise'],
    ['signed-weights.test.ts', 'a description that nobody signed is not followed'],
  ],
  'no code that came with weights': ['no code that came with weights is run'],
}

for (const [line, held] of Object.entries(CHECKLIST))
  test(`held: ${line}`, () => {
    assert.ok(held.length > 0)
    for (const it of held) {
      if (typeof it === 'string')
        assert.ok(
          ALL_POLICIES.some(policy => policy.name === it),
          it,
        )
      else assert.ok(readFileSync(join(root, 'test/manifests', it[0]), 'utf8').includes(it[1]), it.join(': '))
    }
  })
