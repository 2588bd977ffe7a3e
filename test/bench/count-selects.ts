import { makeParameters, renderer, type Statement } from '../../src/screening/to-sql/render.js'
import type { RuleSql } from '../../src/screening/to-sql/rule-to-sql.js'
import type { ScreeningSql } from '../../src/screening/to-sql/screening-sql.js'
import { finished, type Place, unfolded } from '../../src/screening/to-sql/statements.js'

/** How many rules one SELECT counts: of more each is slower, of fewer one thread plans longer. */
const RULES_A_SELECT = 9

/** SELECTs that count, of some rules each, the rows read certainly and possibly. */
export function countSelects(screening: ScreeningSql, place: Place): readonly Statement[] {
  return (['household', 'member'] as const).flatMap((subject) => {
    const rules = screening.rules.filter(({ rule }) => rule.subject === subject)
    const chunks = Array.from({ length: Math.ceil(rules.length / RULES_A_SELECT) }, (_, chunk) =>
      rules.slice(chunk * RULES_A_SELECT, (chunk + 1) * RULES_A_SELECT),
    )
    return chunks.map((chunk) => countSelect(chunk, screening, place))
  })
}

function countSelect(rules: readonly RuleSql[], screening: ScreeningSql, place: Place): Statement {
  const parameters = makeParameters()
  const render = renderer(place.dialect, parameters)
  const [first] = rules as readonly [RuleSql]
  const counts = rules.flatMap((rule) =>
    [unfolded(rule, rule.certainly), unfolded(rule, rule.possibly)].map(
      (reading) => `count(*) FILTER (WHERE ${render(reading)})`,
    ),
  )
  const from = finished(screening, first.rule.subject, place)
  return { sql: `SELECT ${counts.join(', ')}\nFROM ${from}`, parameters: parameters.values }
}
