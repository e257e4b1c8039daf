package org.payhub.client;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.platform.HubException;
import org.payhub.tenancy.MerchantId;

/** The clients of a merchant; found again by the booking system's id, else by the phone. */
@Stateless
public class Clients {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public Clients() {}

    /** The client, known already or made now; a newer name, e-mail or language is taken over. */
    public ClientRow register(MerchantId merchant, NewClient told) {
        Client client =
                known(merchant, told)
                        .orElseGet(
                                () -> {
                                    Client made = new Client(merchant, told, clock.instant());
                                    em.persist(made);
                                    return made;
                                });
        client.take(told);
        return client.row();
    }

    private Optional<Client> known(MerchantId merchant, NewClient told) {
        if (told.externalId().isPresent()) {
            return one(
                    "select c from Client c where c.merchant = :merchant and c.externalId = :key",
                    merchant,
                    told.externalId().get());
        }
        // Families share a phone: only the same name on it is the same person.
        return told.phone()
                .flatMap(
                        phone ->
                                em
                                        .createQuery(
                                                "select c from Client c where c.merchant = :merchant"
                                                        + " and c.phone = :phone and c.name = :name"
                                                        + " order by c.createdAt",
                                                Client.class)
                                        .setParameter("merchant", merchant.value())
                                        .setParameter("phone", phone)
                                        .setParameter("name", told.name())
                                        .setMaxResults(1)
                                        .getResultList()
                                        .stream()
                                        .findFirst());
    }

    private Optional<Client> one(String query, MerchantId merchant, String key) {
        List<Client> found =
                em.createQuery(query, Client.class)
                        .setParameter("merchant", merchant.value())
                        .setParameter("key", key)
                        .setMaxResults(1)
                        .getResultList();
        return found.stream().findFirst();
    }

    /** The client of that merchant; anybody else's is "no such client". */
    public ClientRow get(MerchantId merchant, ClientId id) {
        Client client = em.find(Client.class, id.value());
        if (client == null || !client.merchant().equals(merchant.value())) {
            throw HubException.notFound("client");
        }
        return client.row();
    }

    /** The clients of these ids. */
    public List<ClientRow> all(MerchantId merchant, List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return em
                .createQuery(
                        "select c from Client c where c.merchant = :merchant and c.id in :ids",
                        Client.class)
                .setParameter("merchant", merchant.value())
                .setParameter("ids", ids)
                .getResultList()
                .stream()
                .map(Client::row)
                .toList();
    }
}
