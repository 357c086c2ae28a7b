import { expect, it } from 'vitest'

import { pathOf, readPack } from './pack_files'

it('takes the folder away and keeps what is below it', () => {
  expect(pathOf('leave.yaml', 'leave/registers/leave.yaml')).toBe('registers/leave.yaml')
  expect(pathOf('pack.yaml', '')).toBe('pack.yaml')
})

it('reads texts of a pack and nothing else', async () => {
  const files = [new File(['name: x'], 'pack.yaml'), new File(['\u0000'], 'photo.png')]
  expect(await readPack(files)).toEqual([{ path: 'pack.yaml', text: 'name: x' }])
})
