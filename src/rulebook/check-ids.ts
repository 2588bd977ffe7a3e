import { at, type Parts, type Placed } from './parts.js'
import type { FileKind } from './read-layers.js'
import type { Defect } from './rulebook.js'

/** Ids that stand twice, and ids that do not match the place of their file. */
export function checkIds(parts: Parts): readonly Defect[] {
  return [
    ...twice(parts.jurisdictions, '/slug', ({ slug }) => slug),
    ...twice(parts.jurisdictions, '/code', ({ code }) => code),
    ...twice(parts.programmes, '/id', ({ id }) => id),
    ...twice(parts.versions, '/version', ({ programme, version }) => `${programme}@${version}`),
    ...twice(parts.clauses, '/id', ({ id }) => id),
    ...twice(parts.documents, '/id', ({ id }) => id),
    ...twice(parts.interpretations, '/id', ({ id }) => id),
    ...parts.jurisdictions.flatMap((place) => inFolder(place, '/slug', place.value.slug)),
    ...parts.programmes.flatMap((place) => inFolder(place, '/id', place.value.id)),
    ...parts.versions.flatMap((place) => inFolder(place, '/programme', place.value.programme)),
    ...parts.versions.flatMap(versionName),
    ...orphans(parts),
  ]
}

function twice<T>(
  places: readonly Placed<T>[],
  pointer: string,
  idOf: (value: T) => string,
): readonly Defect[] {
  const first = new Map<string, Placed<T>>()
  return places.flatMap((place) => {
    const id = idOf(place.value)
    const before = first.get(id)
    if (before === undefined) first.set(id, place)
    return before === undefined
      ? []
      : [at(place, pointer, `"${id}" stands twice, first in ${before.from.file}`)]
  })
}

function inFolder(place: Placed<unknown>, pointer: string, id: string): readonly Defect[] {
  if (id === place.from.folder) return []
  return [at(place, pointer, `"${id}" does not match its folder ${place.from.folder}`)]
}

function versionName(place: Parts['versions'][number]): readonly Defect[] {
  const { version, validFrom } = place.value
  const name = version.replace(/\.\d+$/, '')
  const defects: Defect[] = []
  if (version !== place.from.name)
    defects.push(at(place, '/version', `"${version}" does not match its file name`))
  if (name !== (validFrom ?? 'undated')) {
    defects.push(
      at(place, '/version', `"${version}" does not match validFrom ${validFrom ?? 'null'}`),
    )
  }
  return defects
}

/** Programmes without jurisdiction, and versions or cases without programme. */
function orphans({ files }: Parts): readonly Defect[] {
  const folders = (kind: FileKind) =>
    new Set(files.filter((file) => file.kind === kind).map(({ folder }) => folder))
  const [jurisdictions, programmes] = [folders('jurisdiction'), folders('programme')]
  return files.flatMap(({ kind, file, folder }) => {
    const city = folder.split('/')[0] as string
    if (kind === 'programme' && !jurisdictions.has(city)) {
      return [{ file, pointer: '/id', reason: `there is no ${city}/jurisdiction.json` }]
    }
    if ((kind !== 'version' && kind !== 'cases') || programmes.has(folder)) return []
    return [{ file, pointer: '/programme', reason: `there is no ${folder}/programme.json` }]
  })
}
