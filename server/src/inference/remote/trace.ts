// A name for each request that leaves, in the form of W3C's Trace Context: whoever runs the endpoint finds it in traces and logs, down
// to the engine, and whoever sent it in the list of what left. It says nothing of who asks.

export interface Trace {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
}

export function newTrace(): Trace {
  const [id, span] = [digits(16), digits(8)]
  return { id, headers: { traceparent: `00-${id}-${span}-01`, 'x-request-id': id } }
}

/** Two for each byte. */
function digits(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map(it => it.toString(16).padStart(2, '0'))
    .join('')
}
