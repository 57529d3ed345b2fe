// What crates took away.

import { type ApiEntry, removed } from './entry.ts'

const ROWS: readonly (readonly [version: string, api: string, instead: string])[] = [
  ['tokio 1.0', 'tokio.time.delay_for', 'tokio::time::sleep'],
  ['tokio 1.0', 'tokio.time.delay_until', 'tokio::time::sleep_until'],
  ['tokio 1.0', 'tokio.runtime.Builder.new', 'tokio::runtime::Builder::new_multi_thread'],
  ['tokio 0.2', 'tokio.run', 'tokio::runtime::Runtime::block_on'],
  ['tokio 0.2', 'tokio.timer.Delay.new', 'tokio::time::sleep_until'],
  ['tokio 0.2', 'tokio.timer.Interval.new', 'tokio::time::interval'],
  ['hyper 1.0', 'hyper.Server.bind', 'hyper_util::server::conn::auto::Builder::new'],
  ['hyper 1.0', 'hyper.Client.new', 'hyper_util::client::legacy::Client::builder'],
  ['hyper 1.0', 'hyper.body.to_bytes', 'http_body_util::BodyExt::collect'],
  ['hyper 1.0', 'hyper.body.aggregate', 'http_body_util::BodyExt::collect'],
  ['hyper 1.0', 'hyper.Body.empty', 'http_body_util::Empty::new'],
  ['hyper 1.0', 'hyper.Body.from', 'http_body_util::Full::from'],
  ['axum 0.7', 'axum.Server.bind', 'axum::serve'],
  ['axum 0.3', 'axum.handler.get', 'axum::routing::get'],
  ['axum 0.3', 'axum.handler.post', 'axum::routing::post'],
  ['actix-web 4.0', 'actix_web.client.Client.new', 'awc::Client::default'],
  ['actix-web 4.0', 'actix_web.client.Client.default', 'awc::Client::default'],
  ['clap 4.0', 'clap.App.new', 'clap::Command::new'],
  ['clap 4.0', 'clap.SubCommand.with_name', 'clap::Command::new'],
  ['clap 4.0', 'clap.Arg.with_name', 'clap::Arg::new'],
  ['time 0.3', 'time.precise_time_ns', 'std::time::Instant::now'],
  ['time 0.3', 'time.precise_time_s', 'std::time::Instant::now'],
  ['time 0.3', 'time.OffsetDateTime.now', 'time::OffsetDateTime::now_utc'],
  ['rand 0.6', 'rand.weak_rng', 'rand::rngs::SmallRng::from_entropy'],
  ['rand 0.5', 'rand.StdRng.new', 'rand::rngs::StdRng::from_entropy'],
]

export const REMOVED_RUST: readonly ApiEntry[] = ROWS.map(([version, api, instead]) => {
  const call = (it: string) => `fn f() { let kept = ${it}(given); }`
  return removed(
    ...(['rust', version, api, instead] as const),
    call(`«${api.replaceAll('.', '::')}»`),
    call(instead),
    { as: 'call' },
  )
})
