// Variables that no project owns: systems and tools set them, and everybody knows what they are.

export function isOfEverybody(name: string): boolean {
  return /^(?:NODE_ENV|CI|HOME|PATH|PWD|SHELL|USER|DEBUG|TZ|LANG|TERM|HOSTNAME|PYTHONPATH|RUST_LOG)$/.test(
    name,
  )
}
