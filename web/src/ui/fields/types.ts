// What every control of a field gets from FieldInput, and gives back as its model.

import type { Field, Labels } from '@/api/types'

export interface ControlProps {
  field: Field
  id: string
  /** Id of the words about it, for aria-describedby. */
  described: string | undefined
  invalid: boolean
  labels: Labels
}
