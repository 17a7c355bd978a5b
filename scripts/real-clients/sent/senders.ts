import type { Call } from "./answer.ts";

/** Where a client is started, for those that ask. */
export interface Place {
  readonly url: string;
  readonly repo: string;
  readonly cwd: string;
  readonly isTrusted: boolean;
}

/** How a client is started so that it sends what it would send to its model. */
export interface Sender {
  /** Its command, and its folder among the installed. */
  readonly id: string;
  /** Its id among the tools of the engine. */
  readonly tool: string;
  /** On npm. */
  readonly package: string;
  /** Files that it finds in its home. */
  readonly home: (place: Place, model: string | undefined) => { readonly [path: string]: string };
  /** Where a file of a repository lies for a run. Absent: there. */
  readonly puts?: (path: string) => string;
  /** Files of instructions that it writes into its home, and then sends. */
  readonly writes?: readonly string[];
  readonly env: (url: string) => NodeJS.ProcessEnv;
  /** What follows the command; `acts` where it shall call tools without asking. */
  readonly args: (prompt: string, acts: boolean) => readonly string[];
  /** How it is made to read a file, and to call the skill `plain` and an agent. Absent: it cannot be. */
  readonly read?: (path: string) => Call;
  readonly skill?: { readonly call: Call } | { readonly prompt: string };
  readonly agent?: (name: string) => { readonly call: Call; readonly model?: string };
}

const KEY = "not-a-key";
const NO_HOME = () => ({});

/** OpenCode, and Kilo, which was made from it. */
const opencodeHome = (path: string) => (place: Place) => ({
  [path]: JSON.stringify({
    model: "stub/stub",
    small_model: "stub/stub",
    autoupdate: false,
    share: "disabled",
    provider: {
      stub: {
        npm: "@ai-sdk/openai-compatible",
        name: "stub",
        options: { baseURL: `${place.url}/v1`, apiKey: KEY },
        models: { stub: { name: "stub", tool_call: true, limit: { context: 200_000, output: 8_000 } } },
      },
    },
  }),
});
const opencodeEnv = () => ({ OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_AUTOUPDATE: "1" });
const task = (name: string) => ({ description: "d", prompt: "go", subagent_type: name });

/** Every client that sends its requests to any address, without an account. */
export const senders: readonly Sender[] = [
  {
    id: "claude",
    tool: "claude-code",
    package: "@anthropic-ai/claude-code",
    home: NO_HOME,
    env: (url) => ({
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: KEY,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    }),
    args: (prompt, acts) => ["-p", prompt, ...(acts ? ["--allowedTools", "Read,Skill,Agent"] : [])],
    read: (path) => ({ tool: "Read", args: { file_path: path } }),
    skill: { call: { tool: "Skill", args: { skill: "plain" } } },
    agent: (name) => ({ call: { tool: "Agent", args: task(name) } }),
  },
  {
    id: "codex",
    tool: "codex",
    package: "@openai/codex",
    home: ({ url, repo, cwd, isTrusted }, model = "gpt-6-astra") => ({
      ".codex/config.toml": [
        `model = "${model}"`,
        'model_provider = "stub"',
        "[model_providers.stub]",
        'name = "stub"',
        `base_url = "${url}/v1"`,
        'wire_api = "responses"',
        'env_key = "STUB_KEY"',
        "request_max_retries = 0",
        "stream_max_retries = 0",
        ...(isTrusted ? [...new Set([repo, cwd])] : []).map(
          (folder) => `[projects.${JSON.stringify(folder)}]\ntrust_level = "trusted"`,
        ),
        "",
      ].join("\n"),
    }),
    env: () => ({ STUB_KEY: KEY }),
    args: (prompt, acts) => [
      ...["exec", "--json", "--skip-git-repo-check"],
      ...(acts ? ["--dangerously-bypass-approvals-and-sandbox"] : []),
      prompt,
    ],
    skill: { prompt: "use $plain" },
    // Only the tools of this model name the agents that there are in a request of their own.
    agent: (name) => ({
      model: "gpt-5.2-codex",
      call: { tool: "spawn_agent", namespace: "multi_agent_v1", args: { agent_type: name, message: "go" } },
    }),
  },
  {
    id: "opencode",
    tool: "opencode",
    package: "opencode-ai",
    home: opencodeHome(".config/opencode/opencode.json"),
    env: opencodeEnv,
    args: (prompt) => ["run", "--print-logs", prompt],
    read: (path) => ({ tool: "read", args: { filePath: path } }),
    agent: (name) => ({ call: { tool: "task", args: task(name) } }),
  },
  {
    id: "gemini",
    tool: "gemini-cli",
    package: "@google/gemini-cli",
    home: ({ isTrusted }) => ({
      ".gemini/settings.json": JSON.stringify({
        security: { folderTrust: { enabled: !isTrusted }, auth: { selectedType: "gemini-api-key" } },
        general: { enableAutoUpdate: false },
        privacy: { usageStatisticsEnabled: false },
      }),
    }),
    // It asks its user before it takes a project's agents, and takes those of its home unasked.
    puts: (path) => path.replace(/^\.gemini\/agents\//, "~/$&"),
    env: (url) => ({ GEMINI_API_KEY: KEY, GOOGLE_GEMINI_BASE_URL: url }),
    args: (prompt, acts) => [...["-p", prompt, "-m", "gemini-2.5-flash"], ...(acts ? ["--approval-mode", "yolo"] : [])],
    read: (path) => ({ tool: "read_file", args: { file_path: path } }),
    skill: { call: { tool: "activate_skill", args: { name: "plain" } } },
    agent: (name) => ({ call: { tool: "invoke_agent", args: { agent_name: name, prompt: "go" } } }),
  },
  {
    id: "qwen",
    tool: "qwen-code",
    package: "@qwen-code/qwen-code",
    home: NO_HOME,
    writes: [".qwen/output-language.md"],
    env: (url) => ({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: "stub" }),
    args: (prompt, acts) => ["--auth-type", "openai", ...(acts ? ["--approval-mode", "yolo"] : []), prompt],
    read: (path) => ({ tool: "read_file", args: { file_path: path } }),
    skill: { call: { tool: "skill", args: { skill: "plain" } } },
    agent: (name) => ({ call: { tool: "agent", args: task(name) } }),
  },
  {
    id: "copilot",
    tool: "copilot-cli",
    package: "@github/copilot",
    home: NO_HOME,
    env: (url) => ({
      COPILOT_OFFLINE: "true",
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_MODEL: "stub",
      COPILOT_AUTO_UPDATE: "false",
    }),
    args: (prompt, acts) => ["-p", prompt, "--trust-folder", ...(acts ? ["--allow-all-tools"] : [])],
    read: (path) => ({ tool: "view", args: { path } }),
    skill: { call: { tool: "skill", args: { skill: "plain" } } },
    agent: (name) => ({
      call: { tool: "task", args: { name: "d", description: "d", prompt: "go", agent_type: name } },
    }),
  },
  {
    id: "kilo",
    tool: "kilo",
    package: "@kilocode/cli",
    home: opencodeHome(".config/kilo/kilo.json"),
    env: opencodeEnv,
    args: (prompt) => ["run", "--print-logs", prompt],
  },
  {
    id: "pi",
    tool: "pi",
    package: "@mariozechner/pi-coding-agent",
    home: ({ url }) => ({
      ".pi/agent/models.json": JSON.stringify({
        providers: {
          stub: {
            ...{ baseUrl: `${url}/v1`, api: "openai-completions", apiKey: KEY },
            models: [
              {
                ...{ id: "stub", name: "stub", reasoning: false, input: ["text"] },
                ...{
                  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
                  contextWindow: 200_000,
                  maxTokens: 8_000,
                },
              },
            ],
          },
        },
      }),
    }),
    env: NO_HOME,
    args: (prompt) => ["--provider", "stub", "--model", "stub", "--offline", "-p", prompt],
  },
];
