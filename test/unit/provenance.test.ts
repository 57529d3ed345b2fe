// Where code comes from: what is copied, generated or made for tests is nobody's to mend, and what only looks so is.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGeneratedPath, isSpecimen, saysCopied } from '../../server/src/semantics/provenance.ts'

test('libraries that were copied into what a browser is served are nobody’s here', () => {
  for (const it of [
    'app/static/js/libs/viewer.js',
    'static/libs/sound/player.js',
    'public/javascripts/libs/deep/er/x.mjs',
    'Site/wwwroot/lib/bootstrap/dist/js/bootstrap.js',
    'web/vendor/x.js',
    'static/jquery-ui.js',
    'js/chart-2.9.4.js',
  ])
    assert.ok(isSpecimen(it), it)
  for (const it of [
    'src/libs/date.ts',
    'libs/core/index.js',
    'static/js/app.js',
    'static/js/library.js',
    'packages/assets/lib/own.js',
    'public/libs/types.ts',
    'lib/static/routes.js',
  ])
    assert.ok(!isSpecimen(it), it)
})

test('what tests of types only compile is read by no one', () => {
  for (const it of ['test-d/index.ts', 'types/index.test-d.ts', 'test-tsd/a.ts', 'test/types/model.test.ts'])
    assert.ok(isSpecimen(it), it)
  for (const it of ['src/types/model.ts', 'types/test.ts', 'test/model.test.ts', 'test/types/load.py'])
    assert.ok(!isSpecimen(it), it)
})

test('a library says at its beginning what it is and which version of it', () => {
  for (const it of [
    '/*! DataTables 2.3.7 */\n',
    '/**\n * @license Highcharts v9.1.2\n */\n',
    '//     Backbone.js 0.5.3\n//     (c) 2010\n//     Backbone may be freely distributed under the MIT license.\n',
    '/* @licstart The following is the entire license notice.\n * Version 2.4.456\n */\n',
  ])
    assert.ok(saysCopied(it), it)
  for (const it of [
    '// Needs react.js 18.2\nimport x from "react"\n',
    '// Copyright 2024 the authors. MIT license.\n',
    '/* Released under the MIT license. */\n',
    'const version = "1.2.3"\n',
  ])
    assert.ok(!saysCopied(it), it)
})

test('what a compiler wrote has the name that it gives', () => {
  for (const it of ['web/81EB501B.cache.js', 'web/app.nocache.js', 'proto/user_pb2.py', 'api/user.pb.ts'])
    assert.ok(isGeneratedPath(it), it)
  for (const it of ['src/cache.js', 'src/nocache.ts', 'src/lru-cache.js']) assert.ok(!isGeneratedPath(it), it)
})
