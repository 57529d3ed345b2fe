// The product's version, written in when the bundle is made.

declare const CODEANT_VERSION: string | undefined

export const VERSION: string = typeof CODEANT_VERSION === 'string' ? CODEANT_VERSION : '0.0.0-source'
