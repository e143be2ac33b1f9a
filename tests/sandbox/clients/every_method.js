// Calls every method of Adobe's client, and prints a line of JSON each: [what, whether it succeeded, its value or error].
const [, , modules, url, key] = process.argv
const client = require(`${modules}/workfront-api`)
const Client = client.NodeApi || client.Api

const words = (error) => (typeof error === 'string' ? error : (error && error.message) || JSON.stringify(error))
async function tell(what, call) {
    try {
        const value = await call()
        console.log(JSON.stringify([what, true, value === undefined ? null : value]))
        return value
    } catch (error) {
        console.log(JSON.stringify([what, false, words(error)]))
    }
}
const signedIn = (more) => {
    const api = new Client({url, version: '22.0', ...more})
    api.setApiKey(key)
    return api
}

async function main() {
    const api = signedIn()
    const project = await tell('create', () => api.create('proj', {name: 'From JavaScript'}, ['status']))
    const task = await tell('create below', () => api.create('task', {name: 'T', projectID: project.ID}))
    const inside = {projectID: project.ID}
    const grouped = {...inside, status_GroupBy: true}
    await tell('get', () => api.get('proj', project.ID, ['name', 'status']))
    await tell('get several', () => api.get('task', [task.ID], '*'))
    await tell('edit', () => api.edit('proj', project.ID, {name: 'Renamed'}, ['name']))
    await tell('editMultiple', () => api.editMultiple('task', [{ID: task.ID, name: 'U'}], ['name']))
    await tell('copy', () => api.copy('task', task.ID, {name: 'Copy'}, ['name'], ['clearProgress']))
    await tell('count', () => api.count('task', inside))
    await tell('search', () => api.search('task', {...inside, name: 'U'}, ['name']))
    await tell('search by POST', () => api.search('task', inside, ['name'], true))
    await tell('report', () => api.report('task', grouped))
    await tell('report by POST', () => api.report('task', grouped, true))
    await tell('metadata', () => api.metadata('task').then((found) => found.objCode))
    await tell('metadata of all', () => api.metadata().then((found) => Object.keys(found)))
    await tell('namedQuery', () => api.namedQuery('work', 'myWork', {}, ['name']))
    await tell('execute', () => api.execute('proj', project.ID, 'calculateTimeline'))
    await tell('execute with arguments', () => api.execute('task', task.ID, 'move', inside))
    await tell('request', () => api.request('proj/search', {name: 'Renamed'}, ['name'], 'GET'))
    await tell('batch', () => api.batch((b) => [b.search('task', inside), b.count('task', inside)]).then((found) => found.length))
    await tell('batch side by side', () => api.batch((b) => [b.get('proj', project.ID, ['name'])], false, true))
    await tell('batch as one', () => api.batch((b) => [b.edit('task', task.ID, {name: 'V'})], true))
    await tell('batch of metadata', () => api.batch((b) => [b.metadata(), b.metadata('task')]).then((found) => found.length))
    const everything = (b) => [
        b.create('task', {name: 'made', ...inside}),
        b.report('task', grouped),
        b.namedQuery('work', 'myWork', {}),
        b.execute('proj', project.ID, 'calculateTimeline'),
        b.editMultiple('task', [{ID: task.ID, name: 'W'}]),
        b.copy('task', task.ID, {name: 'again'}),
        b.remove('task', task.ID),
    ]
    await tell('batch of everything', () => api.batch(everything).then((found) => found.length))
    await tell('getApiKey', () => new Client({url, version: '22.0'}).getApiKey('js@example.com', 'secret').then((found) => typeof found))
    const session = new Client({url, version: '22.0'})
    await tell('login', () => session.login('js@example.com', 'secret').then((found) => Object.keys(found).includes('sessionID')))
    await tell('who signed in', () => session.search('user', {ID: '$$USER.ID'}, ['name']).then((found) => found[0].name))
    await tell('logout', () => session.logout())
    await tell('after logout', () => session.search('user', {}))
    const byGet = signedIn({alwaysUseGet: true})
    const made = await tell('create by GET', () => byGet.create('task', {name: 'G', ...inside}))
    await tell('edit by GET', () => byGet.edit('task', made.ID, {name: 'H'}).then((found) => found.name))
    await tell('remove by GET', () => byGet.remove('task', made.ID))
    await tell('an unknown field', () => api.get('proj', project.ID, ['nosuch']))
    await tell('remove', () => api.remove('proj', project.ID, true))
    await tell('what was removed', () => api.get('proj', project.ID))
    await tell('clearApiKey', () => api.clearApiKey())
    await tell('with a key that was cleared', () => api.count('proj', {}))
}
main()
