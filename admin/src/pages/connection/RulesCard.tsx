import { Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { RuleView, StatusResponse } from '../../../../shared/contracts/status';
import { Card } from '../../components/Facts';
import { useT } from '../../hooks/use-t';
import { ruleEventKey } from '../../lib/rule-event';

const COLUMNS = ['name', 'type', 'event'] as const;

/** When a rule speaks, e.g. "state becomes paid or shipped". */
const useEventText = (): ((rule: RuleView) => string) => {
  const t = useT();
  const { formatList } = useIntl();
  const either = (values: readonly string[] | null) => formatList(values ?? [], { type: 'disjunction' });
  return (rule) => {
    const key = ruleEventKey(rule);
    return key ? t(key, { field: rule.field ?? '', from: either(rule.from), to: either(rule.to) }) : rule.event;
  };
};

/** The rules in force, read only: they are written in the configuration. */
export const RulesCard = ({ rules }: { rules: StatusResponse['rules'] }) => {
  const t = useT();
  const eventText = useEventText();
  return (
    <Card title={t('connection.rules')}>
      <Typography textColor="neutral600">
        {t(rules.length > 0 ? 'connection.rules-note' : 'connection.rules-empty')}
      </Typography>
      {rules.length > 0 && (
        <Table colCount={COLUMNS.length} rowCount={rules.length + 1}>
          <Thead>
            <Tr>
              {COLUMNS.map((column) => (
                <Th key={column}>
                  <Typography variant="sigma" textColor="neutral600">
                    {t(`connection.rules.${column}`)}
                  </Typography>
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {rules.map((rule) => (
              <Tr key={rule.key} data-testid="rule-row">
                {[rule.name, rule.uid, eventText(rule)].map((text, index) => (
                  <Td key={COLUMNS[index]}>
                    <Typography textColor="neutral800">{text}</Typography>
                  </Td>
                ))}
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  );
};
