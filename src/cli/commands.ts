import type { Table } from './dispatch.js'

const rules: Table = new Map([
  [
    'check',
    {
      summary: 'load the rulebook and name every defect',
      load: async () => (await import('./commands/rules-check.js')).rulesCheck,
    },
  ],
  [
    'lint',
    {
      summary: 'what a lawyer would ask about a rulebook that loads',
      load: async () => (await import('./commands/rules-lint.js')).rulesLint,
    },
  ],
  [
    'test',
    {
      summary: 'run the worked cases through both engines',
      load: async () => (await import('./commands/rules-test.js')).rulesTest,
    },
  ],
  [
    'diff',
    {
      summary: 'what changes from one rule version to another',
      load: async () => (await import('./commands/rules-diff.js')).rulesDiff,
    },
  ],
  [
    'new',
    {
      summary: 'start a rule version or a programme as a draft',
      load: async () => (await import('./commands/rules-new.js')).rulesNew,
    },
  ],
  [
    'publish',
    {
      summary: 'publish drafts, by two hands, and lock them',
      load: async () => (await import('./commands/rules-publish.js')).rulesPublish,
    },
  ],
  [
    'coverage',
    {
      summary: 'what became of the clauses of each document',
      load: async () => (await import('./commands/rules-coverage.js')).rulesCoverage,
    },
  ],
  [
    'schema',
    {
      summary: 'write the JSON Schemas for editors',
      load: async () => (await import('./commands/rules-schema.js')).rulesSchema,
    },
  ],
])

/** Every command, loaded only when asked for: a check of rules needs no database driver. */
export const COMMANDS: Table = new Map([
  [
    'determine',
    {
      summary: 'determine what a household is entitled to',
      load: async () => (await import('./commands/determine.js')).determine,
    },
  ],
  [
    'openapi',
    {
      summary: 'print or write the OpenAPI document',
      load: async () => (await import('./commands/openapi.js')).openapi,
    },
  ],
  [
    'replay',
    {
      summary: 'determine a recorded decision again',
      load: async () => (await import('./commands/replay.js')).replay,
    },
  ],
  [
    'recalculate',
    {
      summary: 'list the decisions that would come out otherwise',
      load: async () => (await import('./commands/recalculate.js')).recalculate,
    },
  ],
  [
    'export',
    {
      summary: 'write the log for an auditor',
      load: async () => (await import('./commands/export.js')).exportLog,
    },
  ],
  [
    'verify',
    {
      summary: 'check an export, with nothing but it and what was kept',
      load: async () => (await import('./commands/verify.js')).verify,
    },
  ],
  [
    'checkpoint',
    {
      summary: 'take the signed checkpoint out of the operator’s reach',
      load: async () => (await import('./commands/checkpoint.js')).checkpoint,
    },
  ],
  [
    'backup',
    {
      summary: 'copy the ledger to a file while the service runs',
      load: async () => (await import('./commands/backup.js')).backup,
    },
  ],
  [
    'restore',
    {
      summary: 'put a backup into a new store',
      load: async () => (await import('./commands/restore.js')).restore,
    },
  ],
  [
    'keys',
    {
      summary: 'show or rotate the keys that sign',
      load: async () => (await import('./commands/keys.js')).keys,
    },
  ],
  [
    'screen',
    {
      summary: 'decide a whole register: who is entitled to what',
      load: async () => (await import('./commands/screen.js')).screenCommand,
    },
  ],
  [
    'impact',
    {
      summary: 'who gains and who loses when a rule changes',
      load: async () => (await import('./commands/impact.js')).impactCommand,
    },
  ],
  [
    'register',
    {
      summary: 'make a synthetic register to try things on',
      load: async () => (await import('./commands/register.js')).registerCommand,
    },
  ],
  ['rules', { summary: 'check, compare, write and publish rules', load: async () => rules }],
])
