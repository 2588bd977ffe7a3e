const WIDTH = 100

/** JSON as it stands in this repository: two spaces, and on one line whatever fits 100 columns. */
export function formatJson(json: unknown): string {
  return `${format(json, 0, 0)}\n`
}

/** `used`: columns taken on the first line before the value, and after it. */
function format(json: unknown, indent: number, used: number): string {
  const flat = inline(json)
  if (typeof json !== 'object' || json === null || used + flat.length <= WIDTH) return flat
  const pad = ' '.repeat(indent + 2)
  const list = Array.isArray(json)
  const lines = Object.entries(json).map(([key, value]) => {
    const label = list ? '' : `${JSON.stringify(key)}: `
    return `${pad}${label}${format(value, indent + 2, pad.length + label.length + 1)}`
  })
  return `${list ? '[' : '{'}\n${lines.join(',\n')}\n${' '.repeat(indent)}${list ? ']' : '}'}`
}

function inline(json: unknown): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json)
  if (Array.isArray(json)) return `[${json.map(inline).join(', ')}]`
  const entries = Object.entries(json).map(
    ([key, value]) => `${JSON.stringify(key)}: ${inline(value)}`,
  )
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
