import { useMutation } from '@tanstack/react-query';
import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { FunctionShape } from '../../../ui/function-mark';
import { sayFault } from '../../../ui/notify';
import { peopleCalls } from './calls';
import { useChanged } from './use-changed';
import css from './people.module.css';
import { functionText, t } from './text';

type Rule = FunctionName | 'none' | null;
export type Department = { label: string; people: number; functions: Record<FunctionName | 'none', number>; rule: Rule };

const CHOICES: Rule[] = [...FUNCTIONS, 'none', null];

/** Without a rule, either everybody's function was said of them alone, or it is still open. */
const choiceText = (rule: Rule, open: number): string => (rule === null ? t(open > 0 ? 'departments.unsaid' : 'departments.alone') : rule === 'none' ? t('departments.neither') : functionText(rule));

/** One row per department: how many people, what they count as now, and one click to say what the department does. */
export const DepartmentBoard = ({ workspace, groups, editor }: { workspace: string; groups: Department[]; editor: boolean }) => {
  const changed = useChanged(workspace);
  const say = useMutation(peopleCalls.setDepartments.mutationOptions({
    onSuccess: (result, { rules }) => changed.told(t('departments.done', { department: rules[0]?.department ?? '', count: result.changed }), result.changeSet),
    onError: sayFault,
  }));
  const open = groups.reduce((sum, group) => sum + group.functions.none, 0);
  return (
    <div className={css.section}>
      <p style={{ margin: 0, color: 'var(--ink-2)' }}>{t('departments.open', { count: open })}</p>
      <div className={css.board}>
        {groups.map((group) => (
          <div key={group.label} className={css.boardRow}>
            <div>
              <div style={{ fontWeight: 500 }}>{group.label || <span className={css.quiet}>{t('departments.none')}</span>}</div>
              <div className="meta">{t('departments.people', { count: group.people })}</div>
            </div>
            <Split group={group} />
            {group.label !== '' && <Choices department={group} disabled={!editor} busy={say.isPending && say.variables?.rules[0]?.department === group.label} onSay={(rule) => say.mutate({ workspace, rules: [{ department: group.label, function: rule }] })} />}
          </div>
        ))}
      </div>
    </div>
  );
};

/** What the people of a group count as now. */
export const Split = ({ group }: { group: Pick<Department, 'functions'> }) => (
  <div className={css.split}>
    {FUNCTIONS.filter((fn) => group.functions[fn] > 0).map((fn) => <span key={fn}><FunctionShape fn={fn} />{group.functions[fn]} {functionText(fn).toLowerCase()}</span>)}
    {group.functions.none > 0 && <span>{group.functions.none} {t('value.none')}</span>}
  </div>
);

/** A radio group whose choice is saved at once; arrow keys move within it. */
const Choices = ({ department, disabled, busy, onSay }: { department: Department; disabled: boolean; busy: boolean; onSay: (rule: Rule) => void }) => {
  const at = CHOICES.indexOf(department.rule);
  const step = (event: React.KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const now = buttons.findIndex((button) => button === document.activeElement);
    buttons[(now + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className={css.choices} role="radiogroup" aria-label={t('departments.legend', { department: department.label })} aria-busy={busy} onKeyDown={step}>
      {CHOICES.map((rule, index) => (
        <button key={rule ?? 'unsaid'} type="button" role="radio" aria-checked={rule === department.rule} tabIndex={index === at ? 0 : -1} disabled={disabled} className={css.choice} onClick={() => rule !== department.rule && onSay(rule)}>
          {rule !== null && rule !== 'none' && <FunctionShape fn={rule} />}
          {choiceText(rule, department.functions.none)}
        </button>
      ))}
    </div>
  );
};
