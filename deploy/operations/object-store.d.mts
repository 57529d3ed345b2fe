// What `object-store.mjs` offers to the tests.

export interface Place {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly id: string
  readonly secret: string
  readonly token?: string
}

export function objectStore(place: Place): {
  bytesOf(key: string): Promise<number | undefined>
  put(key: string, path: string): Promise<void>
}

export function signedHeaders(request: {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly at: Date
  readonly region: string
  readonly id: string
  readonly secret: string
}): Readonly<Record<string, string>>

export function roleOfPod(
  endpoint: string,
  role: string,
  token: string,
): Promise<{ readonly id: string; readonly secret: string; readonly token?: string }>
