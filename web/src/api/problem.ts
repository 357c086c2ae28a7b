// What a refusal says (RFC 9457, docs/formats/api.md section 2). `code` is compared, `detail` is shown.

export interface FieldFault {
  pointer: string
  code: string
  detail: string
  params?: Record<string, string>
}

interface ProblemBody {
  status?: number
  code?: string
  title?: string
  detail?: string
  instance?: string
  params?: Record<string, string>
  errors?: FieldFault[]
}

export class Problem extends Error {
  readonly status: number
  /** Public and stable; `client.unreachable` when no server answered. */
  readonly code: string
  /** A sentence in the person's language; empty for `client.unreachable`. */
  readonly detail: string
  readonly instance: string
  readonly params: Record<string, string>
  readonly errors: FieldFault[]

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code ?? String(status))
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? 'server.failed'
    this.detail = body.detail ?? body.title ?? ''
    this.instance = body.instance ?? ''
    this.params = body.params ?? {}
    this.errors = body.errors ?? []
  }

  /** The faults of one field or input: `/fields/begins_on`, and what lies below it. */
  at(pointer: string): FieldFault[] {
    return this.errors.filter((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
  }
}

export function unreachable(): Problem {
  return new Problem(0, { code: 'client.unreachable' })
}

/** A failure of any kind as a Problem; what is none is our own mistake and is thrown on. */
export function problemOf(failure: unknown): Problem {
  if (failure instanceof Problem) return failure
  throw failure
}
