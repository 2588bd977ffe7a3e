import { compileProgram } from '../engine/compile.js'
import type { ConditionNode } from '../engine/condition-node.js'
import type { PlacedNode, Program } from '../engine/program.js'
import type { Entity } from '../model/fact.js'
import type { LoadedReferral, LoadedVersion } from '../rulebook/rulebook.js'

/** A rule version in a plan: its conditions and the conditions of its warnings, as compiled. */
export interface PlannedVersion {
  readonly version: LoadedVersion
  readonly root: PlacedNode
  readonly warnings: readonly {
    readonly code: string
    readonly clauses: readonly string[]
    readonly when: PlacedNode | null
  }[]
}

/** What is evaluated for one kind of subject, as one program. */
export interface SubjectPlan {
  readonly program: Program
  readonly versions: readonly PlannedVersion[]
  readonly referrals: readonly { readonly referral: LoadedReferral; readonly root: PlacedNode }[]
}

export interface Plan {
  readonly household: SubjectPlan
  readonly member: SubjectPlan
}

/** The programs for a set of versions and referrals. */
export function makePlan(
  versions: readonly LoadedVersion[],
  referrals: readonly LoadedReferral[],
): Plan {
  const plan = (subject: Entity): SubjectPlan =>
    subjectPlan(
      versions.filter((version) => version.rule.subject === subject),
      referrals.filter((referral) => referral.clause.referral?.subject === subject),
    )
  return { household: plan('household'), member: plan('member') }
}

function subjectPlan(
  versions: readonly LoadedVersion[],
  referrals: readonly LoadedReferral[],
): SubjectPlan {
  const conditions: ConditionNode[] = []
  const add = (condition: ConditionNode): number => conditions.push(condition) - 1
  const places = versions.map(({ rule }) => ({
    root: add(rule.conditions),
    warnings: rule.warnings.map((warning) => ({
      ...warning,
      when: warning.when === null ? null : add(warning.when),
    })),
  }))
  const groups = referrals.map((referral) => add(referral.group))
  const program = compileProgram(conditions)
  const at = (index: number): PlacedNode => program.roots[index] as PlacedNode
  return {
    program,
    versions: versions.map((version, index) => {
      const { root, warnings } = places[index] as (typeof places)[number]
      return {
        version,
        root: at(root),
        warnings: warnings.map((warning) => ({
          ...warning,
          when: warning.when === null ? null : at(warning.when),
        })),
      }
    }),
    referrals: referrals.map((referral, index) => ({
      referral,
      root: at(groups[index] as number),
    })),
  }
}
