// The files of a pack as chosen from disk: a folder's paths without the folder's own name.

const bytesMax = 4 * 1024 * 1024
const kept = /\.(ya?ml|sql|md|json)$/

export interface PackFile {
  path: string
  text: string
}

export function pathOf(name: string, relative: string): string {
  return relative === '' ? name : relative.split('/').slice(1).join('/')
}

export async function readPack(files: readonly File[]): Promise<PackFile[]> {
  const wanted = files.filter((one) => kept.test(one.name) && one.size <= bytesMax)
  return Promise.all(wanted.map(async (one) => ({ path: pathOf(one.name, one.webkitRelativePath ?? ''), text: await one.text() })))
}
