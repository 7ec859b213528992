-- SPDX-License-Identifier: Apache-2.0
-- Runs once in each new state, before any script: takes away what scripts must not have, and puts
-- what they share behind tables that they cannot change. Such a table is empty and passes reads on
-- to the one behind it; whatever would get around that is a guarded function in Java.
--
-- native      functions in Java
-- isFunction  whether the state is for functions rather than for EVAL
-- insecure    whether functions that Valkey considers insecure stay
-- constants   versions and the like
-- Gives back the globals behind, those of scripts, the metatable of the latter, the error handler,
-- the tables that scripts cannot change and those behind them, and the globals for loading.
local native, isFunction, insecure, constants = ...

local base = _G
local next, type, rawset, setmetatable, tostring = next, type, rawset, setmetatable, tostring
local debuginfo, concat, loadstring, rawpcall = debug.getinfo, table.concat, loadstring, pcall
local rawgetmetatable = getmetatable

-- Scripts may see these of the functions that Lua brings.
local globals = {}
for _, name in ipairs {
    "xpcall", "tostring", "next", "assert", "tonumber", "rawequal", "collectgarbage",
    "type", "select", "unpack", "gcinfo", "ipairs", "_VERSION", "error", "rawget",
} do
    globals[name] = base[name]
end
if insecure then
    globals.setfenv = base.setfenv
    globals.getfenv = base.getfenv
    -- A real one could have code run by the collector, which nobody could catch.
    globals.newproxy = function(with)
        return with == true and setmetatable({}, {}) or {}
    end
end

for name, guarded in next, native.globals do
    globals[name] = guarded
end
for library, functions in next, native.guarded do
    for name, guarded in next, functions do
        base[library][name] = guarded
    end
end

-- What pcall gives is the text of an error, not the table in which it travels.
local function outcome(ok, problem, ...)
    if not ok and type(problem) == "table" then
        local text = problem.err
        if type(text) == "string" or type(text) == "number" then
            return ok, text
        end
    end
    return ok, problem, ...
end
globals.pcall = function(...)
    return outcome(rawpcall(...))
end

-- All code is read before the first of it is parsed, so that the reader cannot do anything to the
-- parser. The text of the error is Lua's own.
globals.load = function(reader, name)
    if type(reader) ~= "function" then
        native.misuse("load", 1, "function", reader)
    end
    local parts, count = {}, 0
    local ok, problem = rawpcall(function()
        while true do
            local part = reader()
            if part == nil or part == "" then
                return
            end
            if type(part) ~= "string" and type(part) ~= "number" then
                native.raise("reader function must return a string")
            end
            count = count + 1
            parts[count] = part
        end
    end)
    if not ok then
        return nil, problem
    end
    return native.globals.loadstring(concat(parts), name or "=(load)")
end

local function handler(problem)
    local level = 2
    local place = debuginfo(level, "nSl")
    if place and place.what == "C" then
        level = 3
        place = debuginfo(level, "nSl")
    end
    while place and place.source == "=setup" do
        level = level + 1
        place = debuginfo(level, "nSl")
    end
    if type(problem) ~= "table" then
        problem = {err = "ERR " .. tostring(problem)}
    end
    if place then
        problem.source = place.source
        problem.line = place.currentline
    end
    return problem
end

local fronts, backs = {}, {}
local count = 0

-- Gives an unchangeable front to a table.
local function front(back, shown)
    local table = setmetatable({}, {
        __index = back, __newindex = native.refuse, __metatable = shown or false,
    })
    count = count + 1
    fronts[count] = table
    backs[count] = back
    return table
end

for _, name in ipairs {"string", "table", "math", "coroutine"} do
    globals[name] = front(base[name])
end
globals.os = front {clock = base.os.clock}
native.libraries.cjson.null = native.null
native.libraries.cjson._NAME = "cjson"
native.libraries.cjson._VERSION = "2.1.0"
native.libraries.cjson.new = function()
    local copy = {}
    for name, value in next, native.libraries.cjson do
        copy[name] = value
    end
    return copy
end
native.libraries.cmsgpack._NAME = "cmsgpack"
native.libraries.cmsgpack._VERSION = "lua-cmsgpack 0.4.0"
for name, library in next, native.libraries do
    globals[name] = front(library)
end

local server = native.server
for name, value in next, constants do
    server[name] = value
end
if not isFunction then
    for name, value in next, native.evalonly do
        server[name] = value
    end
    globals.__server__err__handler = handler
    globals.__redis__err__handler = handler
end
globals.server = front(server)
globals.redis = globals.server

local missing = {__index = native.missing}
setmetatable(globals, missing)
local shown = front {__index = native.missing}
local ownGlobals = {}
local metatable = {__index = globals, __newindex = native.refuse, __metatable = shown}
setmetatable(ownGlobals, metatable)
count = count + 1
fronts[count] = ownGlobals
backs[count] = globals
globals._G = ownGlobals

local strings = rawgetmetatable("")
strings.__metatable = front {__index = globals.string}

-- While a library is loaded, it can register functions and write to the log, and nothing else.
local loading
if isFunction then
    local api = {register_function = native.register, log = server.log}
    for name, value in next, constants do
        api[name] = value
    end
    for name, value in next, server do
        if type(name) == "string" and name:sub(1, 4) == "LOG_" then
            api[name] = value
        end
    end
    setmetatable(api, missing)
    local apiFront = front(api)
    loading = setmetatable({server = apiFront, redis = apiFront}, missing)
end

return globals, ownGlobals, metatable, handler, fronts, backs, loading
