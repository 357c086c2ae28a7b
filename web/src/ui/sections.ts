// How the fields of an entry stand together: the layout of its declaration, and last what is in no section.
//
//     for (const section of sectionsOf(declaration, lines, (line) => line.field.name)) …

import type { Declaration, FieldType, Texts } from '@/api/types'

export interface Section<T> {
  name: string
  /** null: of no section. */
  title: Texts | null
  folded: boolean
  holds: T[]
}

/** Only sections that hold one of `all`; in each the order is that of the layout. */
export function sectionsOf<T>(declaration: Pick<Declaration, 'layout'>, all: readonly T[], nameOf: (one: T) => string | null): Section<T>[] {
  const byName = new Map(all.map((one) => [nameOf(one), one]))
  const placed = new Set<T>()
  const sections = declaration.layout.map(({ name, title, fields, folded }): Section<T> => {
    const holds = fields.flatMap((field) => byName.get(field) ?? [])
    holds.forEach((one) => placed.add(one))
    return { name, title, folded, holds }
  })
  const rest = all.filter((one) => !placed.has(one))
  return [...sections, { name: '', title: null, folded: false, holds: rest }].filter((one) => one.holds.length > 0)
}

const shortTypes: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'money', 'boolean', 'date', 'moment', 'choice', 'person', 'unit'])

/** Whether two of them stand side by side in a form. */
export const isShort = (field: { type: FieldType; many: boolean }): boolean => shortTypes.has(field.type) && !field.many
