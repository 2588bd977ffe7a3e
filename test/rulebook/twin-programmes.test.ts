import { test } from 'tap'
import { twinProgrammes } from '../../src/rulebook/lints/twin-programmes.js'
import { loadRulebook } from '../../src/rulebook/load-rulebook.js'
import type { LoadedProgramme } from '../../src/rulebook/rulebook.js'
import { overlay } from '../support/rulebooks.js'

const rulebook = loadRulebook(overlay('lint/same-grant'))
const PAIR = ['town/elders', 'town/pension'] as const

interface Change {
  readonly validFrom?: string | null
  readonly validTo?: string | null
  readonly subject?: 'household'
  readonly kind?: 'service'
  readonly grants?: string
}

/** One programme of the pair with the first of its versions alone, changed. */
function programme(id: string, change: Change): [string, LoadedProgramme] {
  const loaded = rulebook.programmes.get(id) as LoadedProgramme
  const [first] = loaded.versions as [LoadedProgramme['versions'][number]]
  const { kind, subject, grants, ...clocks } = change
  const { entitlement } = first.rule.version
  const version = {
    ...first.rule.version,
    ...clocks,
    entitlement: { ...entitlement, kind: kind ?? entitlement.kind },
  }
  const rule = { ...first.rule, subject: subject ?? first.rule.subject, version }
  const said = { ...loaded.programme.grants, zh: grants ?? loaded.programme.grants.zh }
  return [
    id,
    {
      ...loaded,
      programme: { ...loaded.programme, grants: said },
      versions: [{ ...first, rule: rule as typeof first.rule }],
    },
  ]
}

const isFound = (one: Change, two: Change) =>
  twinProgrammes({
    ...rulebook,
    programmes: new Map([programme(PAIR[0], one), programme(PAIR[1], two)]),
  }).length > 0

test('twins are found on the days they share', async (t) => {
  const days = (validFrom: string | null, validTo: string | null) => ({ validFrom, validTo })
  const early = days('2020-01-01', '2021-01-01')
  t.ok(isFound(early, early))
  t.ok(isFound(early, days('2020-12-31', null)))
  t.ok(isFound(days('2020-12-31', null), early))
  t.notOk(isFound(early, days('2021-01-01', null)), 'the end is the first day without it')
  t.notOk(isFound(days('2021-01-01', null), early))
  t.notOk(isFound(early, days('2022-01-01', '2023-01-01')))
  t.notOk(isFound(days('2022-01-01', '2023-01-01'), early))
  t.ok(isFound(days(null, null), early))
  t.ok(isFound(early, days(null, '2020-01-02')))
  t.notOk(isFound(days(null, '2020-01-01'), early))
})

test('twins grant the same kind of thing to the same subject in words that are alike', async (t) => {
  t.ok(isFound({}, {}))
  t.notOk(isFound({ subject: 'household' }, {}))
  t.notOk(isFound({ kind: 'service' }, {}))
  t.ok(isFound({ grants: '高龄老人生活津贴' }, { grants: '高龄老人生活津贴' }))
  t.ok(isFound({ grants: '高龄老人生活津贴' }, { grants: '高龄、老人；生活（津贴）' }))
  t.notOk(isFound({ grants: '高龄老人生活津贴' }, { grants: '残疾人护理补贴' }))
  t.ok(isFound({ grants: '一二三四五六' }, { grants: '一二三四七八' }), 'three pairs of five')
  t.notOk(isFound({ grants: '一二三四五六' }, { grants: '一二三七八九' }), 'two pairs of five')
})
