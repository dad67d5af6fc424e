import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { IMPORT_ACTS } from '../features/customers/domain/import-state';
import { CHANGE_KINDS } from '../features/people/domain/person';
import sentences from '../features/workspace/messages/audit.en.json';

/** Values of `action: \`people.${…}\`` that the program can make. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = { 'people.': CHANGE_KINDS.filter((kind) => kind !== 'added'), 'customers.import-': IMPORT_ACTS };

const sources = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(test|gen)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const calledName = (call: ts.CallExpression): string => (ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : call.expression.getText());

const visit = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node);
  node.forEachChild((child) => visit(child, see));
};

/** Literals that an argument named by this identifier gets in the calls of its function within the file. */
const argumentsFor = (name: ts.Identifier, file: ts.SourceFile): ts.Expression[] => {
  for (let at: ts.Node | undefined = name; at; at = at.parent) {
    if (!ts.isArrowFunction(at)) continue;
    const position = at.parameters.findIndex((parameter) => parameter.name.getText() === name.text);
    if (position < 0 || !ts.isVariableDeclaration(at.parent)) continue;
    const owner = at.parent.name.getText();
    const given: ts.Expression[] = [];
    visit(file, (node) => {
      const argument = ts.isCallExpression(node) && calledName(node) === owner ? node.arguments[position] : undefined;
      if (argument) given.push(argument);
    });
    return given;
  }
  return [];
};

/** Every action an expression can name. @throws Error for a form this reader does not understand, so that none slips by */
const actionsOf = (expression: ts.Expression, file: ts.SourceFile): string[] => {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isConditionalExpression(expression)) return [...actionsOf(expression.whenTrue, file), ...actionsOf(expression.whenFalse, file)];
  if (ts.isTemplateExpression(expression)) {
    const family = FAMILIES[expression.head.text];
    if (family) return family.map((kind) => `${expression.head.text}${kind}`);
  }
  if (ts.isIdentifier(expression)) {
    const given = argumentsFor(expression, file);
    if (given.length > 0) return given.flatMap((each) => actionsOf(each, file));
  }
  throw new Error(`${file.fileName}: which actions does "${expression.getText()}" stand for?`);
};

/** Actions recorded anywhere under `src`: the `action` of every object given to `audit(…)` or `recordAudit(…)`. */
const recorded = (): Map<string, string> => {
  const found = new Map<string, string>();
  for (const path of sources('src')) {
    const text = readFileSync(path, 'utf8');
    if (!/\b(audit|recordAudit)\(/.test(text)) continue;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || !/^(audit|recordAudit)$/.test(calledName(node))) return;
      for (const argument of node.arguments) {
        if (!ts.isObjectLiteralExpression(argument)) continue;
        for (const property of argument.properties) {
          if (property.name?.getText() !== 'action') continue;
          const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
          if (value) for (const action of actionsOf(value, file)) found.set(action, path);
        }
      }
    });
  }
  return found;
};

describe('every recorded action has a sentence', () => {
  const actions = recorded();

  it('finds the actions in the source', () => {
    expect([...actions.keys()]).toEqual(expect.arrayContaining(['workspace.created', 'wave.published', 'wave.unpublished', 'wave.closed_early', 'people.import', 'member.changed']));
    expect(actions.size).toBeGreaterThan(25);
  });

  it('has a sentence for each, and none for an action that is never recorded', () => {
    expect([...actions].filter(([action]) => !(action in sentences))).toEqual([]);
    expect(Object.keys(sentences).filter((action) => !actions.has(action))).toEqual([]);
  });
});
