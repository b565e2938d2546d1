// The board of a team: sums of the week, what needs the supervisor, and every worker's day and week.
// A worker's figures are for the worker and the supervisor; the order is by name, never by who did more.
import { useEffect } from "preact/hooks";
import type { JSX } from "preact";
import { ago, gapText, needs } from "../../domain/console/gaps";
import type { Board as BoardData, BoardRow, BoardSums, QuestionView } from "../../generated/contract";
import { date, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { agoText, instant } from "../console/format";
import { Show, useLoad } from "../console/load";
import { Badge, Empty, Page, Scroll, wide } from "../console/Page";
import { Link } from "../console/router";
import { Button } from "../kit/Button";
import { answerText } from "./Questions";
import "./team.css";

const COLUMNS = ["contacts", "new_contacts", "syringes_out", "syringes_in", "naloxone_kits", "referrals"] as const satisfies readonly (keyof BoardSums)[];

const REFRESH = 60_000;

/** What a worker's debriefs of the last days say to their supervisor; it opens them. */
function Debriefed({ row }: { row: BoardRow }): JSX.Element | null {
  const talk = row.talk == null || row.talk === "no" ? undefined : t(`board_talk_${row.talk}`);
  const heavy = row.heavy == null || row.heavy === "none" ? undefined : t("board_heavy", { what: t(`heavy_${row.heavy}`) });
  if (talk === undefined && heavy === undefined) return null;
  return (
    <Link to={`/console/records?${new URLSearchParams({ worker: row.worker, kind: "debrief" }).toString()}`} class="tap">
      {talk !== undefined && <Badge kind="warn">{talk}</Badge>} {heavy !== undefined && <Badge kind="warn">{heavy}</Badge>}
    </Link>
  );
}

function Signs({ row, now }: { row: BoardRow; now: string }): JSX.Element {
  const last = row.last_sync ?? undefined;
  return (
    <>
      <span>{last === undefined ? t("never_synced") : t("synced", { ago: agoText(ago(now, last)) })}</span>
      {row.gaps.map((gap) => {
        const { missing, high, count } = gapText(gap);
        return (
          <Badge key={gap.device} kind="warn">
            {t("gap", { n: count, missing, high })}
          </Badge>
        );
      })}
      {row.shift_today != null && <Badge>{t("board_shift", { state: t(`shift_${row.shift_today}`) })}</Badge>}
      <Debriefed row={row} />
      {row.quarantined > 0 && (
        <Link to="/console/quarantine" class="tap">
          <Badge kind="warn">{t("quarantined", { n: row.quarantined })}</Badge>
        </Link>
      )}
    </>
  );
}

function Name({ row }: { row: BoardRow }): JSX.Element {
  return (
    <>
      <Link to={`/console/person?worker=${row.worker}`} class="tap">
        {row.handle}
      </Link>
      {row.level !== null && row.level !== undefined && <span class="muted small">{t(`level_${row.level}`)}</span>}
      {row.status !== "active" && <Badge>{row.status === "break" ? t("status_break") : t("status_left")}</Badge>}
    </>
  );
}

function Sums({ sums, strong }: { sums: BoardSums; strong: boolean }): JSX.Element {
  return (
    <>
      {COLUMNS.map((column) => (
        <td key={column} class={strong ? "number strong" : "number"}>
          {number(sums[column])}
        </td>
      ))}
    </>
  );
}

function BoardTable({ board }: { board: BoardData }): JSX.Element {
  return (
    <Scroll label={t("team_table")}>
      <table class="board">
        <thead>
          <tr>
            <th scope="col">{t("worker")}</th>
            <th scope="col">{t("last_sync")}</th>
            <th scope="col">
              <span class="hide-text">{t("span")}</span>
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" class="number">
                {t(`column_${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        {board.rows.map((row) => (
          <tbody key={row.worker}>
            <tr>
              <th scope="rowgroup" rowSpan={2} class="name">
                <Name row={row} />
              </th>
              <td rowSpan={2} class="signs">
                <Signs row={row} now={board.now} />
              </td>
              <td>{t("today")}</td>
              <Sums sums={row.today} strong={true} />
            </tr>
            <tr>
              <td class="muted">{t("this_week")}</td>
              <Sums sums={row.week} strong={false} />
            </tr>
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="rowgroup" rowSpan={2} colSpan={2}>
              {t("team")}
            </th>
            <td>{t("today")}</td>
            <Sums sums={board.total_today} strong={true} />
          </tr>
          <tr>
            <td>{t("this_week")}</td>
            <Sums sums={board.total_week} strong={true} />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

function BoardCards({ board }: { board: BoardData }): JSX.Element {
  return (
    <ul class="list">
      {board.rows.map((row) => (
        <li key={row.worker}>
          <h3 class="name">
            <Name row={row} />
          </h3>
          <p class="signs small">
            <Signs row={row} now={board.now} />
          </p>
          <dl class="small-board">
            {COLUMNS.map((column) => (
              <div key={column}>
                <dt>{t(`column_${column}`)}</dt>
                <dd>
                  <strong>{number(row.today[column])}</strong>
                  <span class="muted small">{t("in_week", { n: row.week[column] })}</span>
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** An answered question; it opens the record that it is about. */
function Answered({ asked }: { asked: QuestionView }): JSX.Element {
  const { question, handle, answers } = asked;
  const last = answers.at(-1);
  return (
    <p class="small">
      <Link to={`/console/records?${new URLSearchParams({ open: question.record, on: question.day }).toString()}`} class="tap">
        {t("needs_answer", { handle, what: last === undefined ? "" : answerText(last) })}
      </Link>
    </p>
  );
}

function Needs({ board, questions }: { board: BoardData; questions: readonly QuestionView[] }): JSX.Element {
  const { people, answered, gaps, quarantined } = needs(board.rows, questions);
  const { overdue, made_at: made } = board.backup;
  const drift = board.drift_at ?? undefined;
  const total = people.length + answered.length + gaps + quarantined + Number(overdue) + Number(drift !== undefined);
  return (
    <li class={total > 0 ? "figure-card needs" : "figure-card needs calm"}>
      <p>{t("needs_you")}</p>
      <p class="big">{number(total)}</p>
      {total === 0 && <p class="muted small">{t("needs_nothing")}</p>}
      {people.map((row) => (
        <p class="small" key={row.worker}>
          <Link to={`/console/person?worker=${row.worker}`} class="tap">
            {t(row.talk === "today" ? "needs_talk_today" : row.talk === "this_week" ? "needs_talk_week" : "needs_heavy", { handle: row.handle })}
          </Link>
        </p>
      ))}
      {answered.map((one) => (
        <Answered key={one.question.id} asked={one} />
      ))}
      {board.rows
        .filter((row) => row.gaps.length > 0)
        .map((row) => (
          <p class="small" key={row.worker}>
            {t("needs_gap", { handle: row.handle })}
          </p>
        ))}
      {quarantined > 0 && (
        <p class="small">
          <Link to="/console/quarantine" class="tap">
            {t("needs_quarantine", { n: quarantined })}
          </Link>
        </p>
      )}
      {drift !== undefined && <p class="small">{t("needs_drift", { at: instant(drift) })}</p>}
      {overdue && <p class="small">{made == null ? t("needs_backup_first") : t("needs_backup", { at: instant(made) })}</p>}
    </li>
  );
}

function Figure({ name, value, below }: { name: string; value: number; below: string }): JSX.Element {
  return (
    <li class="figure-card">
      <p>{name}</p>
      <p class="big">{number(value)}</p>
      <p class="muted small">{below}</p>
    </li>
  );
}

function Figures({ board, questions }: { board: BoardData; questions: readonly QuestionView[] }): JSX.Element {
  const { total_week: week, total_today: today } = board;
  return (
    <ul class="figures">
      <Figure name={t("figure_contacts")} value={week.contacts} below={t("figure_today", { n: today.contacts })} />
      <Figure name={t("figure_syringes")} value={week.syringes_out} below={t("figure_back", { n: week.syringes_in })} />
      <Figure name={t("figure_naloxone")} value={week.naloxone_kits} below={t("figure_today", { n: today.naloxone_kits })} />
      <Figure name={t("figure_referrals")} value={week.referrals} below={t("figure_today", { n: today.referrals })} />
      <Needs board={board} questions={questions} />
    </ul>
  );
}

/** The page. It asks again every minute while it is looked at. */
export function Board(): JSX.Element {
  const board = useLoad(async () => {
    const [rows, questions] = await Promise.all([api.board(), api.questions({})]);
    return { ...rows, questions };
  }, []);
  const { again, value } = board;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") again();
    }, REFRESH);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <Page
      title={t("page_today")}
      under={value === undefined ? undefined : t("board_under", { date: date(value.today), n: value.rows.length })}
      actions={
        <>
          <Button icon="sync" onClick={again} disabled={board.busy}>
            {t("refresh")}
          </Button>
          <Link to="/console/people" class="button primary">
            {t("invite")}
          </Link>
        </>
      }
    >
      <Show of={board}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty icon="person">
              <p>{t("board_empty")}</p>
              <Link to="/console/people" class="button primary">
                {t("page_people")}
              </Link>
            </Empty>
          ) : (
            <>
              <h2 class="part-head first">{t("this_week")}</h2>
              <Figures board={data} questions={data.questions} />
              <h2 class="part-head">{wide.value ? t("team") : t("team_today")}</h2>
              {wide.value ? <BoardTable board={data} /> : <BoardCards board={data} />}
            </>
          )
        }
      </Show>
    </Page>
  );
}
