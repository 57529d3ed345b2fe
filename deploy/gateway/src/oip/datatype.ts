// The tensor types of the Open Inference Protocol v2: how wide each is, and how its elements stand in JSON.
//
// Bytes on the wire are little-endian, row after row.

export const DATATYPES = [
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
] as const
export type Datatype = (typeof DATATYPES)[number]

export function isDatatype(value: unknown): value is Datatype {
  return DATATYPES.some(it => it === value)
}

/** Bytes of an element; undefined where each has its own length. */
export function widthOf(datatype: Datatype): number | undefined {
  return datatype === 'BYTES' ? undefined : FORMS[datatype].width
}

/** Undefined when an element is not of this type. FP16 has no form in JSON, and BYTES none that says where it ends. */
export function fromJson(datatype: Datatype, elements: readonly unknown[]): Uint8Array | undefined {
  if (datatype === 'BYTES' || datatype === 'FP16') return undefined
  const { width, accepts, write } = FORMS[datatype]
  const bytes = new Uint8Array(elements.length * width)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < elements.length; i++) {
    const it = elements[i]
    if (!accepts(it)) return undefined
    write(view, i * width, it as never)
  }
  return bytes
}

/** Undefined when JSON cannot say it: no number there is infinite or none at all. */
export function toJson(datatype: Datatype, bytes: Uint8Array): (number | boolean)[] | undefined {
  if (datatype === 'BYTES' || datatype === 'FP16') return undefined
  const { width, read } = FORMS[datatype]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const elements: (number | boolean)[] = []
  for (let at = 0; at < bytes.length; at += width) {
    const it = read(view, at)
    if (typeof it === 'number' && !Number.isFinite(it)) return undefined
    elements.push(it)
  }
  return elements
}

interface Form {
  readonly width: number
  readonly accepts: (value: unknown) => boolean
  readonly write: (view: DataView, at: number, value: never) => void
  readonly read: (view: DataView, at: number) => number | boolean
}

const whole = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most
const isNumber = (value: unknown) => typeof value === 'number'
const numbers = (
  width: number,
  accepts: Form['accepts'],
  read: Form['read'],
  write: (view: DataView, at: number, value: number) => void,
): Form => ({ width, accepts, read, write })

const FORMS: Readonly<Record<Exclude<Datatype, 'BYTES'>, Form>> = {
  BOOL: {
    width: 1,
    accepts: it => typeof it === 'boolean' || it === 0 || it === 1,
    read: (view, at) => view.getUint8(at) !== 0,
    write: (view, at, value) => view.setUint8(at, value ? 1 : 0),
  },
  UINT8: numbers(
    1,
    whole(0, 0xff),
    (v, at) => v.getUint8(at),
    (v, at, it) => v.setUint8(at, it),
  ),
  UINT16: numbers(
    2,
    whole(0, 0xffff),
    (v, at) => v.getUint16(at, true),
    (v, at, it) => v.setUint16(at, it, true),
  ),
  UINT32: numbers(
    4,
    whole(0, 0xffff_ffff),
    (v, at) => v.getUint32(at, true),
    (v, at, it) => v.setUint32(at, it, true),
  ),
  // What JSON can say exactly.
  UINT64: numbers(
    8,
    whole(0, Number.MAX_SAFE_INTEGER),
    (v, at) => Number(v.getBigUint64(at, true)),
    (v, at, it) => v.setBigUint64(at, BigInt(it), true),
  ),
  INT8: numbers(
    1,
    whole(-0x80, 0x7f),
    (v, at) => v.getInt8(at),
    (v, at, it) => v.setInt8(at, it),
  ),
  INT16: numbers(
    2,
    whole(-0x8000, 0x7fff),
    (v, at) => v.getInt16(at, true),
    (v, at, it) => v.setInt16(at, it, true),
  ),
  INT32: numbers(
    4,
    whole(-0x8000_0000, 0x7fff_ffff),
    (v, at) => v.getInt32(at, true),
    (v, at, it) => v.setInt32(at, it, true),
  ),
  INT64: numbers(
    8,
    whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    (v, at) => Number(v.getBigInt64(at, true)),
    (v, at, it) => v.setBigInt64(at, BigInt(it), true),
  ),
  FP16: numbers(
    2,
    () => false,
    () => Number.NaN,
    () => {},
  ),
  FP32: numbers(
    4,
    isNumber,
    (v, at) => v.getFloat32(at, true),
    (v, at, it) => v.setFloat32(at, it, true),
  ),
  FP64: numbers(
    8,
    isNumber,
    (v, at) => v.getFloat64(at, true),
    (v, at, it) => v.setFloat64(at, it, true),
  ),
}
