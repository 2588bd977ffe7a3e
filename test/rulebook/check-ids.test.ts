import { test } from 'tap'
import { checkIds } from '../../src/rulebook/check-ids.js'
import type { Parts } from '../../src/rulebook/parts.js'
import { defectLine } from '../../src/rulebook/rulebook.js'

const NONE = {
  jurisdictions: [],
  programmes: [],
  versions: [],
  clauses: [],
  documents: [],
  interpretations: [],
  cases: [],
  equivalentMutants: [],
  files: [],
}

test('an id that stands twice is named where it stands again', async (t) => {
  const twice = (list: keyof typeof NONE, value: Record<string, string>, folder: string) => {
    const place = (file: string) => ({
      value,
      from: { file, folder, name: value.version ?? '' },
      pointer: '',
    })
    const parts = { ...NONE, [list]: [place('a.json'), place('b.json')] } as unknown as Parts
    return checkIds(parts)
      .filter(({ reason }) => reason.includes('twice'))
      .map(defectLine)
  }
  const again = (pointer: string, id: string) =>
    `b.json ${pointer}: "${id}" stands twice, first in a.json`
  t.strictSame(twice('jurisdictions', { slug: 'town', code: '990025' }, 'town'), [
    again('/slug', 'town'),
    again('/code', '990025'),
  ])
  for (const list of ['programmes', 'clauses', 'documents', 'interpretations'] as const)
    t.strictSame(twice(list, { id: 'x' }, 'x'), [again('/id', 'x')], list)
  const version = { programme: 'town/living', version: '2020-01-01', validFrom: '2020-01-01' }
  t.strictSame(twice('versions', version, 'town/living'), [
    again('/version', 'town/living@2020-01-01'),
  ])
})
