import { explain } from '../../access/explain.ts';
import type { Explanation, RuleNode, Verdict } from '../../access/explain-types.ts';
import type { Access, AccessEngine } from '../../access/index.ts';
import { ApiError, forbidden } from '../../errors/index.ts';
import type { ItemService } from '../../items/index.ts';
import { parseVariable } from '../../sql/index.ts';
import type { Store } from '../../store/types.ts';
import type { Json } from '../../wire/index.ts';
import { findPerson, NOBODY, type People, type Person } from '../person.ts';
import { type ExplainedPayload, withPayload } from './payload.ts';
import type { ExplainRequest } from './request.ts';
import { fieldsInSight, requireReviewer, seesVariables, seesWhatRulesCompare } from './sight.ts';

export interface ExplainAnswer extends Explanation {
  /** Of the account that it is about. */
  readonly status: string;
  /** Absent when no payload was sent. */
  readonly payload?: ExplainedPayload;
}

export interface AnswerParts {
  readonly store: Store;
  readonly engine: AccessEngine;
  readonly items: ItemService;
  readonly people: People;
}

/** How much of an explanation the asker may see. */
interface Sight {
  /** No item is looked at, because its rules compare what the asker can't read. */
  readonly inGeneral: boolean;
  /** The fields of the collection that the asker may know of; null for all. */
  readonly fields: ReadonlySet<string> | null;
  /** Whether values that variables take from the user or the role are shown. */
  readonly variables: boolean;
}

/**
 * Why somebody may or may not do something, for an asker who may read the policies; nothing in it goes beyond what the
 * asker may read anyway. Throws FORBIDDEN for everybody else, and for what is out of the asker's reach as for what does
 * not exist; `wrong` makes the error for an administrator who names nobody.
 */
export async function answerExplain(
  parts: AnswerParts,
  asker: Access,
  request: ExplainRequest,
  wrong: (reason: string) => ApiError,
): Promise<ExplainAnswer> {
  requireReviewer(asker);
  const { payload } = request;
  // Trying values tells more than rules do, such as which ones are taken already.
  if (payload !== null && !asker.profile.admin) throw forbidden();
  const person = await personInSight(parts, asker, request, wrong);
  const target = await parts.engine.access(person.accountability);
  const sight = await sightOf(parts, asker, target, request);
  const [first, ...others] = await explainFields(parts, person, request, sight);
  if (!first) throw new Error('an explanation answers at least one question');
  const whole = others.reduce(together, first);
  const known = shown(whole, sight, person);
  const told = payload === null ? known : await withPayload(parts, target, known, payload);
  return { ...told, status: person.status };
}

/** Anybody for administrators; for others users, shares and roles that they may read. */
async function personInSight(
  parts: AnswerParts,
  asker: Access,
  { who, ip }: ExplainRequest,
  wrong: (reason: string) => ApiError,
): Promise<Person> {
  const named = who.kind === 'public' ? '' : who.kind;
  const person = await findPerson(parts.store, parts.people, who, ip).catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'UNPROCESSABLE_CONTENT')
      throw wrong(`"${named}": ${error.message}`);
    throw error;
  });
  if (asker.profile.admin) {
    if (!person) throw wrong(`"${named}" names nobody.`);
    return person;
  }
  if (!person) throw forbidden();
  if (person.who !== 'user' && person.who !== 'share') return person;
  const fields = await fieldsInSight(parts, asker, `directus_${person.who}s`, person.id);
  const byEmail = who.kind === 'user' && who.user.includes('@');
  const told = person.who === 'share' ? ['name', 'role'] : ['role', 'status', ...(byEmail ? ['email'] : [])];
  if (!fields || !told.every((field) => fields.has(field))) throw forbidden();
  return person;
}

async function sightOf(parts: AnswerParts, asker: Access, target: Access, request: ExplainRequest): Promise<Sight> {
  if (asker.profile.admin) return { inGeneral: false, fields: null, variables: true };
  const { collection, fields } = request;
  const known = asker.profile.snapshot.collections.get(collection);
  const readable = new Set(asker.profile.access(collection, 'read')?.fields.keys() ?? []);
  if (!known || readable.size === 0 || !fields.every((field) => readable.has(field))) throw forbidden();
  const variables = seesVariables(asker, target);
  const asksItem = request.item !== null;
  if (request.action === 'create' || (!asksItem && !known.singleton))
    return { inGeneral: true, fields: readable, variables };
  const ofItem = await fieldsInSight(parts, asker, collection, request.item);
  if (!ofItem && asksItem) throw forbidden();
  const sees = ofItem !== null && variables && seesWhatRulesCompare(asker, target, request, ofItem);
  return { inGeneral: !sees, fields: readable, variables };
}

/** One explanation for each field, or one without a field. */
async function explainFields(
  parts: AnswerParts,
  { accountability, status }: Person,
  { action, collection, item, fields }: ExplainRequest,
  { inGeneral }: Sight,
): Promise<Explanation[]> {
  const explanations: Explanation[] = [];
  const options = { active: status === 'active', inGeneral };
  for (const field of fields.length > 0 ? fields : [null]) {
    const question = { action, collection, item: inGeneral ? null : item, field };
    explanations.push({ ...(await explain(parts, accountability, question, options)), item });
  }
  return explanations;
}

const GRAVITY: Readonly<Record<Verdict, number>> = { allowed: 0, depends: 1, denied: 2 };

/** The graver of two answers, about the fields of both. */
function together(a: Explanation, b: Explanation): Explanation {
  const graver = GRAVITY[b.verdict] > GRAVITY[a.verdict] ? b : a;
  const notes = [...new Set([...a.notes, ...b.notes])];
  return { ...graver, notes, fields: [...a.fields, ...b.fields] };
}

const WITHHELD =
  'The rules compare values that you may not read, so the answer is the one in general and not about the item.';

function shown(explanation: Explanation, sight: Sight, person: Person): Explanation {
  const { fields, notes, caller } = explanation;
  const nobody = caller.user === NOBODY;
  const withheld = sight.inGeneral && explanation.item !== null;
  return {
    ...explanation,
    caller: nobody ? { ...caller, user: null } : caller,
    fields: sight.fields ? fields.filter(({ name }) => sight.fields?.has(name)) : fields,
    notes: [
      ...notes,
      ...(withheld ? [WITHHELD] : []),
      ...(person.who === 'share' ? ['A share shows one item, and no more of it than its author may read too.'] : []),
      ...(nobody ? [`Asked for ${person.label} who is nobody in particular: nothing is theirs.`] : []),
    ],
    permissions: sight.variables
      ? explanation.permissions
      : explanation.permissions.map((permission) => ({
          ...permission,
          rule: unresolved(permission.rule),
          presets: {},
        })),
  };
}

/** The rule with variables that look into the user or the role as they are written. */
function unresolved(node: RuleNode): RuleNode {
  if (node.kind === 'all' || node.kind === 'any') return { ...node, parts: node.parts.map(unresolved) };
  if (node.kind === 'relation') return { ...node, where: unresolved(node.where) };
  return node.kind === 'comparison' && looksInside(node.written) ? { ...node, value: node.written } : node;
}

function looksInside(written: Json): boolean {
  if (Array.isArray(written)) return written.some(looksInside);
  const variable = typeof written === 'string' ? parseVariable(written) : null;
  return variable !== null && 'path' in variable && variable.path.length > 0;
}
