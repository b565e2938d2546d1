// The console's calls, typed by the contract. Every one goes through `request`, which alone speaks to the network.
import type {
  AuditPage,
  Board,
  Breakdown,
  Catalogue,
  Correction,
  Decision,
  Development,
  DeviceView,
  ImportResult,
  IndicatorChoices,
  IndicatorQuery,
  IndicatorTable,
  InviteRequest,
  InviteView,
  JoinRequest,
  LevelChange,
  LoginRequest,
  NewQualification,
  NewQuestion,
  NewShift,
  NewThanks,
  NewWorker,
  PageQuery,
  QuarantineDetail,
  QuarantineList,
  QuarantineView,
  QuestionQuery,
  QuestionView,
  RecordPage,
  RecordQuery,
  RecordView,
  RecoveryCodes,
  Repair,
  Report,
  ReportQuery,
  SessionView,
  ShiftCancel,
  ShiftQuery,
  ShiftView,
  TallyQuery,
  TallyTable,
  TotpBegin,
  TotpConfirm,
  TotpOff,
  TotpSecret,
  Trend,
  TrendQuery,
  VoidRequest,
  StatusChange,
  WorkerView,
} from "../generated/contract";
import { request, sendText } from "./api";

export { ApiError } from "./api";

const SESSION = { session: true } as const;

/** A path with the parameters that have a value. */
function withQuery(path: string, query: object): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}

const get = <T>(path: string, query: object = {}): Promise<T> => request<T>(SESSION, "GET", withQuery(path, query));
const post = <T>(path: string, body: object = {}): Promise<T> => request<T>(SESSION, "POST", path, body);

/** What names an op that waits: several may have one id. */
export type HeldKey = Pick<QuarantineView, "op" | "digest">;

const heldPath = ({ op, digest }: HeldKey): string => `quarantine/${op}/${digest}`;

/** A published table to ask for; an empty text means: not cut, or the whole programme. */
export interface TableChoice {
  period: string;
  site: string;
  by: Breakdown | "";
}

/** Address of a published table as a CSV file. */
export function csvAddress(choice: TableChoice): string {
  return withQuery("/api/v1/exports/csv", choice);
}

/** Address of the definitions as a CSV file. */
export const DEFINITIONS_ADDRESS = "/api/v1/exports/definitions.csv";

/** The routes. */
export const api = {
  session: (): Promise<SessionView> => get<SessionView>("auth/session"),
  login: (body: LoginRequest): Promise<SessionView> => post<SessionView>("auth/login", body),
  join: (body: JoinRequest): Promise<SessionView> => post<SessionView>("auth/join", body),
  logout: (): Promise<unknown> => post<unknown>("auth/logout"),
  beginTotp: (body: TotpBegin): Promise<TotpSecret> => post<TotpSecret>("auth/totp/begin", body),
  confirmTotp: (body: TotpConfirm): Promise<RecoveryCodes> => post<RecoveryCodes>("auth/totp/confirm", body),
  endTotp: (body: TotpOff): Promise<unknown> => post<unknown>("auth/totp/off", body),
  board: (): Promise<Board> => get<Board>("board"),
  records: (query: RecordQuery): Promise<RecordPage> => get<RecordPage>("records", query),
  correct: (id: string, body: Correction): Promise<RecordView> => request<RecordView>(SESSION, "PUT", `records/${id}`, body),
  remove: (id: string, body: VoidRequest): Promise<RecordView> => post<RecordView>(`records/${id}/void`, body),
  quarantine: (query: PageQuery): Promise<QuarantineList> => get<QuarantineList>("quarantine", query),
  held: (op: HeldKey): Promise<QuarantineDetail> => get<QuarantineDetail>(heldPath(op)),
  repair: (op: HeldKey, body: Repair): Promise<unknown> => post<unknown>(`${heldPath(op)}/repair`, body),
  release: (op: HeldKey, body: Decision): Promise<unknown> => post<unknown>(`${heldPath(op)}/release`, body),
  discard: (op: HeldKey, body: Decision): Promise<unknown> => post<unknown>(`${heldPath(op)}/discard`, body),
  questions: (query: QuestionQuery): Promise<QuestionView[]> => get<QuestionView[]>("questions", query),
  ask: (record: string, body: NewQuestion): Promise<QuestionView> => post<QuestionView>(`records/${record}/questions`, body),
  closeQuestion: (id: string): Promise<unknown> => post<unknown>(`questions/${id}/close`),
  workers: (): Promise<WorkerView[]> => get<WorkerView[]>("workers"),
  addWorker: (body: NewWorker): Promise<WorkerView> => post<WorkerView>("workers", body),
  invite: (body: InviteRequest): Promise<InviteView> => post<InviteView>("invites", body),
  devices: (): Promise<DeviceView[]> => get<DeviceView[]>("devices"),
  changeStatus: (id: string, body: StatusChange): Promise<WorkerView> => post<WorkerView>(`workers/${id}/status`, body),
  revoke: (id: string): Promise<unknown> => post<unknown>(`devices/${id}/revoke`),
  reoffer: (id: string): Promise<DeviceView> => post<DeviceView>(`devices/${id}/reoffer`),
  shifts: (query: ShiftQuery): Promise<ShiftView[]> => get<ShiftView[]>("shifts", query),
  planShifts: (body: NewShift): Promise<unknown> => post<unknown>("shifts", body),
  cancelShift: (id: string, body: ShiftCancel): Promise<unknown> => post<unknown>(`shifts/${id}/cancel`, body),
  development: (id: string): Promise<Development> => get<Development>(`workers/${id}/development`),
  changeLevel: (id: string, body: LevelChange): Promise<Development> => post<Development>(`workers/${id}/level`, body),
  qualify: (id: string, body: NewQualification): Promise<Development> => post<Development>(`workers/${id}/qualifications`, body),
  thank: (id: string, body: NewThanks): Promise<Development> => post<Development>(`workers/${id}/thanks`, body),
  tallies: (query: TallyQuery): Promise<TallyTable> => get<TallyTable>("tallies", query),
  catalogue: (): Promise<Catalogue> => get<Catalogue>("catalogue"),
  saveCatalogue: (body: Catalogue): Promise<Catalogue> => request<Catalogue>(SESSION, "PUT", "catalogue", body),
  report: (query: ReportQuery): Promise<Report> => get<Report>("reports", query),
  importSheet: (csv: string, create: boolean): Promise<ImportResult> => sendText<ImportResult>(`imports/daysheet?create=${String(create)}`, csv, "text/csv"),
  choices: (): Promise<IndicatorChoices> => get<IndicatorChoices>("indicators/choices"),
  indicators: (query: IndicatorQuery | TableChoice): Promise<IndicatorTable> => get<IndicatorTable>("indicators", query),
  trend: (query: TrendQuery | { indicator: string; site: string }): Promise<Trend> => get<Trend>("indicators/trend", query),
  audit: (cursor?: string): Promise<AuditPage> => get<AuditPage>("audit", { cursor }),
};
