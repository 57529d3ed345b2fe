// Whether this instance wants requests: not before its parts are there, and not any more once it was told to stop.

export interface Check {
  readonly name: string
  /** Rejects when the part is not there. */
  readonly run: () => Promise<void>
  /** False: without it, requests are answered all the same. */
  readonly isNeeded?: boolean
}

export interface CheckResult {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
  readonly isNeeded: boolean
}

/** A check that takes longer has failed: the one who asks waits no longer either. */
const CHECK_MS = 2000

export class Readiness {
  readonly #checks: readonly Check[]
  #isDraining = false

  constructor(checks: readonly Check[]) {
    this.#checks = checks
  }

  get isDraining(): boolean {
    return this.#isDraining
  }

  /** From now on the answer is no, whatever the parts say. */
  drain(): void {
    this.#isDraining = true
  }

  async isReady(): Promise<boolean> {
    if (this.#isDraining) return false
    return (await this.results()).every(it => it.ok || !it.isNeeded)
  }

  results(): Promise<readonly CheckResult[]> {
    return Promise.all(this.#checks.map(runCheck))
  }
}

async function runCheck({ name, run, isNeeded = true }: Check): Promise<CheckResult> {
  const began = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), CHECK_MS)
  })
  try {
    await Promise.race([run(), late])
    return { name, ok: true, ms: Math.round(performance.now() - began), isNeeded }
  } catch {
    return { name, ok: false, ms: Math.round(performance.now() - began), isNeeded }
  } finally {
    clearTimeout(timer)
  }
}
