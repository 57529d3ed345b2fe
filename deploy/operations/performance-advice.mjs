// What follows from figures: each sentence names the figure that it rests on, and the setting that changes it. Nothing is said where nothing
// was measured.

import { say } from './program.mjs'

/** Sentences, the most pressing first. `figures` are those of performance-figures.mjs by their ids. */
export function adviceOn(figures) {
  const of = id => figures.get(id)
  const above = (id, value) => of(id) !== undefined && of(id) > value
  const below = (id, value) => of(id) !== undefined && of(id) < value
  const percent = id => `${Math.round(of(id) * 100)} %`
  const found = []
  const add = (isSo, english, spanish) => {
    if (isSo) found.push(say(english(), spanish()))
  }

  add(
    above('memory-share', 0.85),
    () =>
      `A gateway takes ${percent('memory-share')} of the memory that it may have, and is killed at all of it: raise its limit, or lower cache.bytes and inference.memory.`,
    () =>
      `Una pasarela ocupa el ${percent('memory-share')} de la memoria que puede tener, y al llegar a toda la matan: sube su límite o baja cache.bytes e inference.memory.`,
  )
  add(
    above('connections-waiting', 0),
    () =>
      `Up to ${of('connections-waiting')} transactions waited for a connection: raise database.connections, as far as the database allows for all instances together.`,
    () =>
      `Hasta ${of('connections-waiting')} transacciones esperaron una conexión: sube database.connections, hasta donde la base de datos permita a todas las instancias juntas.`,
  )
  add(
    above('loop-busy', 0.7),
    () =>
      `An event loop is busy ${percent('loop-busy')} of the time, and whoever comes waits: more gateways (a larger one would not help).`,
    () =>
      `Un bucle de eventos está ocupado el ${percent('loop-busy')} del tiempo, y quien llega espera: más pasarelas (una mayor no serviría).`,
  )
  add(
    above('collecting', 0.1),
    () =>
      `${percent('collecting')} of the time goes into collecting memory: give the process more of it (NODE_OPTIONS=--max-old-space-size).`,
    () =>
      `El ${percent('collecting')} del tiempo se va en recoger memoria: dale más al proceso (NODE_OPTIONS=--max-old-space-size).`,
  )
  add(
    above('refused', 0.01),
    () =>
      `${percent('refused')} of the analyses find the queue full: more gateways, or analysis.threads where processors are free.`,
    () =>
      `El ${percent('refused')} de los análisis encuentra la cola llena: más pasarelas, o analysis.threads donde haya procesadores libres.`,
  )
  add(
    above('batch-wait', 3600),
    () => `A batch waited for ${Math.round(of('batch-wait') / 60)} minutes: more workers, or batch.threads.`,
    () => `Un lote esperó ${Math.round(of('batch-wait') / 60)} minutos: más trabajadores, o batch.threads.`,
  )
  add(
    above('gpu-queue', 16) && below('gpu', 0.6),
    () =>
      `${Math.round(of('gpu-queue'))} questions wait while GPUs are in use ${percent('gpu')} of the time, ${of('gpu-rows')?.toFixed(1) ?? '?'} rows at once: a longer max_queue_delay_microseconds gathers more, or another instance of the model on the same GPU.`,
    () =>
      `${Math.round(of('gpu-queue'))} preguntas esperan y las GPU se usan el ${percent('gpu')} del tiempo, con ${of('gpu-rows')?.toFixed(1) ?? '?'} filas a la vez: un max_queue_delay_microseconds mayor reúne más, u otra instancia del modelo en la misma GPU.`,
  )
  add(
    above('gpu-queue', 16) && above('gpu', 0.9),
    () =>
      `${Math.round(of('gpu-queue'))} questions wait and GPUs are in use ${percent('gpu')} of the time: another GPU, or fewer questions.`,
    () =>
      `${Math.round(of('gpu-queue'))} preguntas esperan y las GPU se usan el ${percent('gpu')} del tiempo: otra GPU, o menos preguntas.`,
  )
  add(
    above('cache-bypass', 0.5),
    () =>
      `${percent('cache-bypass')} of what is asked is not kept, since the engine tells no digest of its weights: cache.versionsAreWeights, if a version of a model never changes.`,
    () =>
      `El ${percent('cache-bypass')} de lo que se pregunta no se guarda, porque el motor no da un resumen de sus pesos: cache.versionsAreWeights, si una versión de un modelo nunca cambia.`,
  )
  add(
    below('cache-hits', 0.5) && above('cache-dropped', 0.1),
    () =>
      `Only ${percent('cache-hits')} was answered before, while answers are dropped for want of room: raise cache.bytes.`,
    () =>
      `Solo el ${percent('cache-hits')} estaba respondido, mientras se expulsan respuestas por falta de sitio: sube cache.bytes.`,
  )
  // What could be less; last, since it hurts nobody but who pays.
  add(
    below('loop-busy', 0.1) && above('gateways', 2.5),
    () =>
      `${Math.round(of('gateways'))} gateways are busy ${percent('loop-busy')} of the time at most: two would do (minReplicas).`,
    () =>
      `${Math.round(of('gateways'))} pasarelas están ocupadas el ${percent('loop-busy')} del tiempo como mucho: bastarían dos (minReplicas).`,
  )
  add(
    below('gpu', 0.15) && below('gpu-queue', 1),
    () =>
      `GPUs are in use ${percent('gpu')} of the time, and nothing waits: one less, or the engine without a GPU.`,
    () => `Las GPU se usan el ${percent('gpu')} del tiempo y nada espera: una menos, o el motor sin GPU.`,
  )
  add(
    below('memory-share', 0.35),
    () =>
      `The largest gateway takes ${percent('memory-share')} of the memory that it may have: half of the limit would do.`,
    () =>
      `La pasarela más grande ocupa el ${percent('memory-share')} de la memoria que puede tener: bastaría la mitad del límite.`,
  )
  return found
}
