// What one file says of protobuf: messages and services that are declared, and what code takes of them.

/** What a `.proto` file says of all that it declares. */
export interface ProtoFileRow {
  readonly package: string
  /** It hands on what other files declare: `import public`. */
  readonly isOpen?: true
  /** Names at its top that are no types: extensions. */
  readonly others?: readonly string[]
}

/** A message, an enumeration or a service; its place is its name. */
export interface ProtoTypeRow {
  /** With those around it: `Order.Line`. */
  readonly name: string
  readonly kind: 'message' | 'enum' | 'service'
  /** Groups of fields of which one is given. */
  readonly oneofs?: readonly string[]
}

/** A field, a value or a method of a type of this file; its place is its name. */
export interface ProtoMemberRow {
  readonly of: string
  readonly name: string
  /** Of a field as it is written; of a method what it is asked with. Empty: no one value of one type. */
  readonly type: string
  /** What a method answers, when that is one message. */
  readonly answer?: string
}

/** Something of protobuf that code names; its place is that name. */
export interface ProtoUseRow {
  readonly of: ProtoSubject
  /** From the subject inwards: fields of fields. The last one is what is named; empty: the subject itself. */
  readonly fields: readonly string[]
}

/** Where a name of protobuf comes from, as code sees it. */
export type ProtoSubject =
  /** `orders_pb2.Order.Line` → `shop.orders_pb2`, `['Order', 'Line']`: a type itself, with its values and its types. */
  | { readonly kind: 'type'; readonly module: string; readonly names: readonly string[] }
  /** A message of that type. */
  | { readonly kind: 'message'; readonly module: string; readonly names: readonly string[] }
  /** What asks or answers a service, with its methods. `module` is empty where it goes by its name alone. */
  | { readonly kind: 'service'; readonly module: string; readonly name: string }
  /** What a method of a service is asked with, or what it answers. */
  | {
      readonly kind: 'request' | 'answer'
      readonly module: string
      readonly name: string
      readonly method: string
    }

export interface ProtobufRows {
  readonly protoFile: readonly ProtoFileRow[]
  readonly protoType: readonly ProtoTypeRow[]
  readonly protoMember: readonly ProtoMemberRow[]
  readonly protoUse: readonly ProtoUseRow[]
}
