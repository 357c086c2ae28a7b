// What can be shown of a file here, by the type that the server found in its bytes.

export type PreviewKind = 'image' | 'pdf' | 'text' | 'none'

const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

export function previewKind(type: string): PreviewKind {
  if (pictures.includes(type)) return 'image'
  if (type === 'application/pdf') return 'pdf'
  return type.startsWith('text/') ? 'text' : 'none'
}
