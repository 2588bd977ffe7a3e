import { parseCondition } from '../engine/parse-condition.js'
import { PLAIN_NUMBER, parseExpression } from '../engine/parse-expression.js'
import { isPlain } from '../engine/ratio.js'
import { segment, type Typing } from '../engine/typing.js'
import type { Scorecard, ScorecardItem } from '../model/rule-version.js'

/** Whether a points table can be counted; every defect is reported at its place in the file. */
export function isCountable({ items, groupCaps = {}, cap }: Scorecard, typing: Typing): boolean {
  const lines = items.map((item, index) => {
    const pointer = `/scorecard/items/${index}`
    const first = items.findIndex(({ id }) => id === item.id) === index
    if (!first) typing.report(`${pointer}/id`, `"${item.id}" stands twice`)
    return isLine(item, pointer, typing) && first
  })
  const groups = Object.entries(groupCaps).map(([name, points]) => {
    const used = items.some(({ group }) => group === name)
    if (!used) typing.report(`/scorecard/groupCaps${segment(name)}`, 'no item is in this group')
    return isCap(points, `/scorecard/groupCaps${segment(name)}`, typing) && used
  })
  return [...lines, ...groups, isCap(cap, '/scorecard/cap', typing)].every(Boolean)
}

function isLine(item: ScorecardItem, pointer: string, typing: Typing): boolean {
  const { points, perYear, cap, unless } = item
  if ((points === undefined) === (perYear === undefined)) {
    typing.report(pointer, 'an item has either points or perYear')
    return false
  }
  const typed =
    perYear === undefined
      ? [isNumber(points, `${pointer}/points`, typing)]
      : perYear.points.map((year, index) =>
          isNumber(year, `${pointer}/perYear/points/${index}`, typing),
        )
  const excluded =
    unless === undefined || parseCondition(unless, `${pointer}/unless`, typing, false) !== undefined
  const caps = [
    isCap(cap, `${pointer}/cap`, typing),
    isCap(perYear?.cap, `${pointer}/perYear/cap`, typing),
  ]
  return [...typed, ...caps].every(Boolean) && excluded
}

function isCap(cap: number | undefined, pointer: string, typing: Typing): boolean {
  const plain = cap === undefined || isPlain(cap)
  if (!plain) typing.report(pointer, PLAIN_NUMBER)
  return plain
}

function isNumber(json: unknown, pointer: string, typing: Typing): boolean {
  const node = parseExpression(json, pointer, typing)
  if (node === undefined || node.type === 'number') return node !== undefined
  typing.report(pointer, `points are a number, not a ${node.type}`)
  return false
}
