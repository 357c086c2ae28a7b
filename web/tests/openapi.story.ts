// The description of the API is one that tools take: it is valid, and all it refers to is there.
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type House, openHouse } from './house'

let house: House
let description: Record<string, unknown>

beforeAll(async () => {
  house = await openHouse()
  const answer = await fetch(`${house.address}/api/v1/openapi.json`)
  description = (await answer.json()) as Record<string, unknown>
})
afterAll(() => house.close())

it('is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(structuredClone(description))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
  expect(validator.version).toBe('3.1')
})

it('is found faulty where it is', async () => {
  const result = await new Validator().validate({ ...structuredClone(description), info: {} })
  expect(result.valid).toBe(false)
})

it('refers to nothing that is not there', () => {
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]*)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(100)
  const missing = references.filter((reference) => {
    let at: unknown = description
    for (const step of reference.split('/')) {
      at = at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[step] : undefined
    }
    return at === undefined
  })
  expect(missing).toEqual([])
})
