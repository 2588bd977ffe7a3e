import { diffVersions } from '../../rulebook/diff.js'
import type { LoadedVersion, Rulebook } from '../../rulebook/rulebook.js'
import { wordChanges } from '../../rulebook/word-changes.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { rulebookOf } from '../rulebook-of.js'

/** `huimin rules diff A B` */
export const rulesDiff: Command = {
  help: `huimin rules diff A B [--json]

What changes from rule version A to B, drafts included, in both languages.
A is such as dongguan/minimum-living@undated; B may leave out the programme: 2020-03-06.`,
  options: {},
  operands: [2, 2],
  run: (given) => {
    const [from, to] = given.operands as [string, string]
    const rulebook = rulebookOf(given.io, { drafts: true })
    const a = find(rulebook, from)
    const b = find(rulebook, to.includes('@') ? to : `${from.split('@')[0]}@${to}`)
    const changes = diffVersions(a.rule.version, b.rule.version)
    const words = (language: 'zh' | 'en') =>
      wordChanges(changes, b.rule.version, rulebook.dictionary, language)
    const [zh, en] = [words('zh'), words('en')]
    answer(given, { from: a.rule.id, to: b.rule.id, changes, words: { zh, en } }, () => {
      const lines = zh.map((text, index) => `- ${text}\n  ${en[index]}\n`)
      return `${a.rule.id} -> ${b.rule.id}\n${lines.join('') || 'no difference\n'}`
    })
    return 0
  },
}

function find(rulebook: Rulebook, id: string): LoadedVersion {
  const all = [...rulebook.programmes.values()].flatMap(({ versions }) => versions)
  const found = all.find(({ rule }) => rule.id === id)
  if (found === undefined) throw new UsageError(`there is no rule version "${id}"`)
  return found
}
