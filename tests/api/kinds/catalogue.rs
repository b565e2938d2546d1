//! Edits of the catalogue: a new version each, which phones pull; nothing that was recorded loses its meaning.

use rounds_shared::catalogue::Catalogue;
use rounds_tests::{Programme, both_databases, contact};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/catalogue";

async fn current(app: &Programme) -> Catalogue {
    app.ada.get(PATH).await.json()
}

both_databases! {
    async fn an_edit_is_a_new_version_that_phones_pull(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let own = amina.records(contact().gives("foil", 3));
        amina.syncs().await;
        let mut edited = current(app).await;
        let foil = edited.items.iter_mut().find(|item| item.code.as_str() == "foil").unwrap();
        foil.retired = true;
        foil.label.insert("sw".to_owned(), "Karatasi".to_owned());
        edited.pad.tiles.retain(|code| code.as_str() != "foil");
        edited.items.rotate_left(1);
        let stored: Catalogue = app.ada.put(PATH, &edited).await.json();
        assert_eq!(stored.version, edited.version + 1);
        let pulled = amina.pulls(0, 1).await.catalogue.unwrap();
        assert_eq!(pulled, stored);
        // What was made with the version before stands, and more of it is still taken from phones that have not pulled.
        assert_eq!(app.ada.record(own.record).await.record.common().catalogue, 1);
        amina.records(contact().gives("foil", 2));
        amina.syncs().await;
        assert_eq!(app.ada.measures().await.get("item.out.foil"), Some(&5));
        assert_eq!(app.ada.audit().await.iter().filter(|entry| entry.action == "catalogue.edit").count(), 1);
        app.verified().await;
    }

    async fn two_who_edit_at_once_hear_of_each_other(app: &TestApp) {
        let mine = current(app).await;
        let theirs = mine.clone();
        app.ada.put(PATH, &mine).await.succeeds();
        assert_eq!(app.ada.put(PATH, &theirs).await.refusal(), (409, "catalogue_moved".to_owned()));
        app.ada.put(PATH, &current(app).await).await.succeeds();
    }

    async fn what_may_not_change_is_named_and_nothing_is_stored(app: &TestApp) {
        let before = current(app).await;
        let wrong = |change: &dyn Fn(&mut Value)| {
            let mut edited = json!(before);
            change(&mut edited);
            edited
        };
        let cases: [(Value, &str); 7] = [
            (wrong(&|c| c["items"][0]["syringes_per_unit"] = 7.into()), "items[0]"),
            (wrong(&|c| c["sites"] = json!([])), "sites.market"),
            (wrong(&|c| c["genders"][0]["label"] = json!({ "en": "Bloke" })), "genders"),
            (wrong(&|c| c["items"][0]["label"] = json!({ "en": "" })), "items[0].label"),
            (wrong(&|c| c["items"][0]["label"] = json!({ "en": "x".repeat(61) })), "items[0].label"),
            (wrong(&|c| c["cards"][0]["body"] = json!({ "en": "x".repeat(6001) })), "cards[0].body"),
            (wrong(&|c| c["currency"] = "euro".into()), "currency"),
        ];
        for (edited, path) in cases {
            let answer = app.ada.put(PATH, &edited).await;
            assert_eq!(answer.status, 422, "{path}");
            assert!(answer.fields().iter().any(|field| field == path), "{path} in {}", answer.text());
        }
        assert_eq!(current(app).await, before);
    }
}
